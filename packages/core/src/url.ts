const MAX_LENGTH = 2_048;
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;
// Browsers and servers disagree about these; a URL that needs them has them encoded.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const AMBIGUOUS = /[\s\u0000-\u001f\u007f\\<>"`]/;

/**
 * What is wrong with a URL we call or send a customer to, as the end of a sentence; null when it is fine: absolute,
 * http or https, at most 2048 characters, no user name or password. Placeholders may stand anywhere after the host.
 */
export function urlProblem(text: string): string | null {
  if (text.length > MAX_LENGTH) return `must have at most ${MAX_LENGTH} characters`;
  const authority = AUTHORITY.exec(text)?.[1];
  if (authority === undefined) return "must be an absolute http or https URL";
  if (!text.isWellFormed() || AMBIGUOUS.test(text)) return "must not contain spaces, quotes or control characters";
  if (authority.includes("@")) return "must not contain a user name or password";
  if (!URL.canParse(text) || /[{}]/.test(authority)) return "must name a host";
  return null;
}
