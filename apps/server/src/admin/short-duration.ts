const units = {
  s: "seconds",
  min: "minutes",
  h: "hours",
  d: "days",
  w: "weeks",
  mo: "months",
  y: "years",
} as const;

export interface ShortDuration {
  readonly value: number;
  readonly unit: (typeof units)[keyof typeof units];
}

/** For an error's message: what may follow the number. */
export const shortDurationUnits: string = Object.keys(units).join(", ");

/** `35d`, `1mo` as the API takes them; null where it is none. */
export function parseShortDuration(text: string): ShortDuration | null {
  const [, value = "", short = ""] = /^([1-9]\d{0,8})([a-z]+)$/.exec(text) ?? [];
  if (!Object.hasOwn(units, short)) return null;
  return { value: Number(value), unit: units[short as keyof typeof units] };
}
