/*
 * The yardstick of the physical limit: NDJSON rows {"id","side","entry","lev","mmr"} in, the bytes of `liqcalc batch` out.
 * Exact in 128 bits, for these rows only: nothing is checked, no other key is read.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef uint64_t u64;
typedef unsigned __int128 u128;

enum { CHUNK = 1 << 18, PLACES = 8, PERCENT_PLACES = 4, PERCENT_UNITS = 1000000 };

static char in[CHUNK + (1 << 16)];
static char out[1 << 20];
static u64 power[19];

static char *put(char *to, const char *text) {
  size_t length = strlen(text);
  memcpy(to, text, length);
  return to + length;
}

static char *put_decimal(char *to, u64 units, int places) {
  u64 whole = units / power[places], fraction = units % power[places];
  char digits[24];
  int count = 0;
  do digits[count++] = '0' + whole % 10;
  while (whole /= 10);
  while (count) *to++ = digits[--count];
  if (fraction == 0) return to;
  *to++ = '.';
  for (int place = places - 1; place >= 0; place--, fraction /= 10) to[place] = '0' + fraction % 10;
  to += places;
  while (to[-1] == '0') to--;
  return to;
}

/* The quotient rounded half-even. */
static u64 divide(u128 numerator, u64 divisor) {
  u64 quotient, rest;
#ifdef __x86_64__
  __asm__("divq %4"
          : "=a"(quotient), "=d"(rest)
          : "0"((u64)numerator), "1"((u64)(numerator >> 64)), "r"(divisor));
#else
  quotient = (u64)(numerator / divisor);
  rest = (u64)(numerator % divisor);
#endif
  u64 twice = rest * 2;
  return quotient + (twice > divisor || (twice == divisor && (quotient & 1)));
}

enum { ENTRY, LEV, MMR, FIELDS };

static int field(const char *key, int length) {
  if (length == 5 && !memcmp(key, "entry", 5)) return ENTRY;
  if (length == 3 && !memcmp(key, "lev", 3)) return LEV;
  return length == 3 && !memcmp(key, "mmr", 3) ? MMR : FIELDS;
}

/* Prices the row that begins at `from`; returns the place after its brace. */
static char *price_row(char *from, char **to) {
  u64 value[FIELDS] = {0};
  int decimals[FIELDS] = {0}, sign = 1;
  char *at = from + 1;
  while (*at != '}') {
    while (*at != '"') at++;
    char *key = ++at;
    while (*at != '"') at++;
    int length = at - key, code = field(key, length);
    for (at++; *at == ':' || *at == ' ';) at++;
    int quoted = *at == '"';
    at += quoted;
    if (length == 4 && !memcmp(key, "side", 4)) sign = *at == 'l' ? 1 : -1;
    if (code < FIELDS) {
      int dot = -1;
      for (;; at++) {
        if (*at >= '0' && *at <= '9') {
          value[code] = value[code] * 10 + *at - '0';
          if (dot >= 0) dot++;
        } else if (*at == '.') dot = 0;
        else break;
      }
      decimals[code] = dot < 0 ? 0 : dot;
    }
    while (quoted ? *at != '"' : *at != ',' && *at != '}') at++;
    at += quoted;
    if (*at == ',') at++;
  }
  char *o = *to;
  memcpy(o, from, at - from);
  o += at - from;
  u64 rate_unit = power[decimals[MMR] + 2], lev_unit = power[decimals[LEV]];
  int64_t factor = (int64_t)(value[LEV] - sign * lev_unit);
  if (factor <= 0) {
    o = put(o, ",\"outcome\":\"never\",\"liquidationPrice\":null,\"distancePercent\":null}\n");
  } else {
    u64 divisor = value[LEV] * (rate_unit - sign * value[MMR]);
    u64 price = divide((u128)value[ENTRY] * factor * power[decimals[MMR] + 2 + PLACES - decimals[ENTRY]], divisor);
    int64_t room = (int64_t)(lev_unit * rate_unit) - (int64_t)(value[LEV] * value[MMR]);
    u64 percent = divide((u128)(room < 0 ? -room : room) * PERCENT_UNITS, divisor);
    o = put(o, room > 0 ? ",\"outcome\":\"at\",\"liquidationPrice\":\"" : ",\"outcome\":\"already\",\"liquidationPrice\":\"");
    o = put_decimal(o, price, PLACES);
    o = put(o, "\",\"distancePercent\":\"");
    if (room < 0 && percent) *o++ = '-';
    o = put_decimal(o, percent, PERCENT_PLACES);
    o = put(o, "\"}\n");
  }
  *to = o;
  return at + 1;
}

int main(int count, char **arguments) {
  int file = count > 1 ? open(arguments[1], O_RDONLY) : 0;
  size_t have = 0;
  ssize_t got;
  power[0] = 1;
  for (int i = 1; i < 19; i++) power[i] = power[i - 1] * 10;
  while ((got = read(file, in + have, CHUNK)) > 0) {
    char *at = in, *end = in + have + got, *to = out, *line;
    while ((line = memchr(at, '\n', end - at))) {
      price_row(at, &to);
      at = line + 1;
    }
    have = end - at;
    memmove(in, at, have);
    for (char *from = out; from < to;) {
      ssize_t written = write(1, from, to - from);
      if (written < 0) return 1;
      from += written;
    }
  }
  return 0;
}
