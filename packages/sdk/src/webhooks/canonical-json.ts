const deepest = 64;

/**
 * The text a webhook's `X-Webhook-Signature-256` is made over: keys sorted by their UTF-8 bytes at every level, no white
 * space, numbers as ECMAScript prints them, `<` `>` `&` U+2028 U+2029 escaped, all other text literal.
 * Throws TypeError for what has no such form: control characters other than tab and line ends, lone surrogates,
 * numbers that are not finite, values that are not JSON, nesting deeper than 64.
 */
export function canonicalJson(value: unknown): string {
  return print(value, 0);
}

function print(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return printText(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("A number that is not finite has no JSON form.");
      return JSON.stringify(value);
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : printNested(value, depth + 1);
    default:
      throw new TypeError(`A ${typeof value} has no JSON form.`);
  }
}

function printNested(value: object, depth: number): string {
  if (depth > deepest) throw new TypeError(`JSON nested deeper than ${deepest} is refused.`);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => print(item, depth)).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, member]) => `${printText(key)}:${print(member, depth)}`);
  return `{${members.join(",")}}`;
}

function printText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) throw new TypeError("Control characters are refused.");
  if (/\p{Surrogate}/u.test(text)) throw new TypeError("Lone surrogates are refused.");
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** UTF-8 sorts by code point; JavaScript's own order is by UTF-16 unit, which puts U+FFFD after an emoji. */
function compareCodePoints(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const left = a.codePointAt(index) ?? 0;
    const right = b.codePointAt(index) ?? 0;
    if (left !== right) return left - right;
  }
  return a.length - b.length;
}
