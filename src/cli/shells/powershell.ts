import type { CompletedCommand, Completion, Values } from '../completion.js';

/** A word in single quotes, in which PowerShell reads nothing but a doubled quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const array = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`;

/** The values as `kind word word ...`: `file` also offers files, `list` takes several words with commas between. */
function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
    case 'list':
      return array([values.kind, ...values.words]);
    case 'file':
      return array(['file', ...(values.words ?? [])]);
    case 'unknown':
      return array(['unknown']);
  }
}

/** Lines of a hash table: PowerShell ignores the case of its keys, so names in capitals are the same flags. */
function table(entries: readonly (readonly [key: string, value: string])[]): string {
  return entries.map(([key, value]) => `    ${quoted(key)} = ${value}\n`).join('');
}

function operandEntries({ name, operands, openEnd, actions }: CompletedCommand): (readonly [string, string])[] {
  const own = operands.map((values, place) => {
    const isRest = openEnd && place === operands.length - 1;
    return [`${name}:${isRest ? '*' : String(place)}`, offer(values)] as const;
  });
  const ofActions = Object.entries(actions).flatMap(([action, takes]) =>
    takes.map((values, place) => [`${name}:${action}:${String(place + 1)}`, offer(values)] as const),
  );
  return [...own, ...ofActions];
}

/** Completion for PowerShell 5.1 and newer: for the profile, by `Invoke-Expression`. */
export function powershell({ commands }: Completion): string {
  const flags = commands.map(
    ({ name, flags: all }) => [name, array(all.flatMap(({ spellings }) => spellings))] as const,
  );
  const values = commands.flatMap(({ name, flags: all }) =>
    all.flatMap(({ spellings, values: taken }) =>
      taken ? spellings.map((each) => [`${name} ${each}`, offer(taken)] as const) : [],
    ),
  );
  return `# PowerShell completion of liqcalc. In $PROFILE: liqcalc completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName 'liqcalc' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${table(commands.map(({ name, summary }) => [name, quoted(summary)] as const))}  }
  $flags = @{
${table(flags)}  }
  $values = @{
${table(values)}  }
  $operands = @{
${table(commands.flatMap(operandEntries))}  }
  function Show-Words($words, $before, $word) {
    foreach ($each in $words) {
      if ($each.StartsWith($word)) {
        [System.Management.Automation.CompletionResult]::new("$before$each", $each, 'ParameterValue', $each)
      }
    }
  }
  function Show-Values($offer, $before, $word) {
    if ($null -eq $offer) { return }
    $kind, $words = $offer
    if ($kind -eq 'list' -and $word.Contains(',')) {
      $cut = $word.LastIndexOf(',') + 1
      $before = $before + $word.Substring(0, $cut)
      $word = $word.Substring($cut)
    }
    Show-Words $words $before $word
    if ($kind -eq 'file') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
    }
  }
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
  if ($words.Count -le 1) {
    if ($wordToComplete.StartsWith('-')) { Show-Words @('-h', '--help', '-V', '--version') '' $wordToComplete }
    foreach ($name in $commands.Keys) {
      if ($name.StartsWith($wordToComplete)) {
        [System.Management.Automation.CompletionResult]::new($name, $name, 'Command', $commands[$name])
      }
    }
    return
  }
  $command = $words[1]
  $place = 0
  $action = ''
  $flag = ''
  foreach ($word in $words[2..$words.Count]) {
    if ($null -eq $word) { continue }
    if ($flag -ne '') { $flag = '' }
    elseif ($values.ContainsKey("$command $word")) { $flag = $word }
    elseif ($word -eq '-' -or -not $word.StartsWith('-')) {
      if ($place -eq 0) { $action = $word }
      $place++
    }
  }
  if ($flag -ne '') { Show-Values $values["$command $flag"] '' $wordToComplete; return }
  $equals = $wordToComplete.IndexOf('=')
  if ($wordToComplete.StartsWith('--') -and $equals -gt 0) {
    $flag = $wordToComplete.Substring(0, $equals)
    Show-Values $values["$command $flag"] "$flag=" $wordToComplete.Substring($equals + 1)
    return
  }
  if ($wordToComplete.StartsWith('-')) { Show-Words $flags[$command] '' $wordToComplete; return }
  foreach ($key in @("\${command}:\${action}:$place", "\${command}:$place", "\${command}:*")) {
    if ($operands.ContainsKey($key)) { Show-Values $operands[$key] '' $wordToComplete; return }
  }
}
`;
}
