const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const SHAPE =
  /^[^\s@"(),:;<>[\\\]]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/** What is wrong with an email address, as the end of a sentence; null when mail could be sent there. */
export function emailProblem(text: string): string | null {
  if (text.length > MAX_LENGTH) return `must have at most ${MAX_LENGTH} characters`;
  if (!SHAPE.test(text) || text.indexOf("@") > MAX_LOCAL_LENGTH) return "must be an email address";
  return null;
}
