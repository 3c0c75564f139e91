// The reference of the library, made of the comments that editors show too: npm run reference writes it to reports/reference,
// npm run check reference only validates it.
import { DOORS } from './library.js';

export default {
  name: 'liqcalc',
  entryPoints: DOORS.map((door) => `../dist/lib/${door}.d.ts`),
  tsconfig: 'reference.json',
  out: '../reports/reference',
  readme: 'none',
  disableSources: true,
  // Types that only shape others have no page; their members are shown where they are used.
  validation: { notExported: false, invalidLink: true, notDocumented: true },
  treatValidationWarningsAsErrors: true,
};
