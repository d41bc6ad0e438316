// Control characters other than tab and line ends; no tool downstream agrees on what they mean.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
// Marks that make the text around them read in another order: a name must not rewrite the page it stands in.
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/;
const HAS_SHAPE = /[^\s\u200b-\u200f\u2060\ufeff]/;

export interface TextRule {
  /** In Unicode code points. */
  readonly max: number;
  /** Names stand inside sentences and pages, so they must not be blank nor reorder what is around them. */
  readonly name?: boolean;
}

/** Texts that mean the same wherever they are given. */
export const textRules = {
  productName: { max: 200, name: true },
  description: { max: 2_000 },
  /** The merchant's own id of something. */
  reference: { max: 200, name: true },
} as const satisfies Record<string, TextRule>;

const lengthOf = (text: string): number => [...text].length;

/** What is wrong with a text, as the end of a sentence about its field; null when it is fine. */
export function textProblem(text: string, rule: TextRule): string | null {
  if (!text.isWellFormed()) return "must not contain half of a surrogate pair";
  if (CONTROL.test(text)) return "must not contain control characters";
  if (lengthOf(text) > rule.max) return `must have at most ${rule.max} characters`;
  if (rule.name && !HAS_SHAPE.test(text)) return "must not be empty";
  if (rule.name && REORDERING.test(text)) return "must not contain marks that change the direction of text";
  return null;
}
