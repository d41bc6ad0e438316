import { formatUsd, MoneyError, parseUsdNumber } from "@qbitflow/money";
import { emailProblem } from "./email.ts";
import { DomainError, type FieldError } from "./errors.ts";
import { type TextRule, textProblem } from "./text.ts";
import { urlProblem } from "./url.ts";

/** Bounds of a USD amount, inclusive, in micro-dollars. */
export interface PriceRule {
  readonly minMicros: bigint;
  readonly maxMicros: bigint;
}

export interface IntegerRule {
  readonly min: number;
  readonly max: number;
}

/**
 * Reads a request's fields one by one and collects everything that is wrong, so that a caller learns it at once. A
 * reader of a required field gives a harmless value when it complains; nothing may be used before `done` returned.
 * `null` is absent everywhere. Optional readers give null for absent.
 */
export interface Fields {
  has(name: string): boolean;
  raw(name: string): unknown;
  problem(name: string, message: string): void;
  text(name: string, rule: TextRule): string;
  optionalText(name: string, rule: TextRule): string | null;
  email(name: string): string;
  optionalUrl(name: string): string | null;
  price(name: string, rule: PriceRule): bigint;
  integer(name: string, rule: IntegerRule): number;
  optionalInteger(name: string, rule: IntegerRule): number | null;
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T;
  /** Everything collected so far. */
  problems(): readonly FieldError[];
  /** Throws `validation_failed` with everything collected, if anything was. */
  done(): void;
}

function priceProblem(value: unknown, rule: PriceRule): { micros: bigint } | { problem: string } {
  try {
    const micros = parseUsdNumber(value);
    if (micros >= rule.minMicros && micros <= rule.maxMicros) return { micros };
    return { problem: `must be between ${formatUsd(rule.minMicros)} and ${formatUsd(rule.maxMicros)}` };
  } catch (error) {
    if (error instanceof MoneyError) return { problem: `is not an amount: ${error.message.replace(/\.$/, "")}` };
    throw error;
  }
}

/** Begins to read a request's body; anything but an object counts as one without fields. */
export function readFields(input: unknown): Fields {
  const source = typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
  const errors: FieldError[] = [];
  const raw = (name: string): unknown => {
    const value = Object.hasOwn(source, name) ? (source as Record<string, unknown>)[name] : undefined;
    return value === null ? undefined : value;
  };
  const problem = (name: string, message: string) => {
    errors.push({ field: name, message: `${name} ${message}.` });
  };
  /** The value when it is there and fine; otherwise the fallback, and a complaint unless it is merely absent. */
  function check<T, F>(
    name: string,
    fallback: F,
    judge: (value: unknown) => { value: T } | { problem: string },
  ): T | F {
    const value = raw(name);
    if (value === undefined) return fallback;
    const judged = judge(value);
    if ("value" in judged) return judged.value;
    problem(name, judged.problem);
    return fallback;
  }
  const require = (name: string) => {
    if (raw(name) === undefined) problem(name, "is required");
  };
  const asText = (judge: (text: string) => string | null) => (value: unknown) => {
    const wrong = typeof value === "string" ? judge(value) : "must be a text";
    return wrong === null ? { value: value as string } : { problem: wrong };
  };
  const asInteger = (rule: IntegerRule) => (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) >= rule.min && (value as number) <= rule.max
      ? { value: value as number }
      : { problem: `must be a whole number from ${rule.min} to ${rule.max}` };
  return {
    has: (name) => raw(name) !== undefined,
    raw,
    problem,
    text(name, rule) {
      require(name);
      return check(
        name,
        "",
        asText((text) => textProblem(text, rule)),
      );
    },
    optionalText: (name, rule) =>
      check(
        name,
        null,
        asText((text) => textProblem(text, rule)),
      ),
    email(name) {
      require(name);
      return check(
        name,
        "",
        asText((text) => textProblem(text, { max: 254, name: true }) ?? emailProblem(text)),
      );
    },
    optionalUrl: (name) => check(name, null, asText(urlProblem)),
    price(name, rule) {
      require(name);
      return check(name, 0n, (value) => {
        const judged = priceProblem(value, rule);
        return "micros" in judged ? { value: judged.micros } : judged;
      });
    },
    integer(name, rule) {
      require(name);
      return check(name, rule.min, asInteger(rule));
    },
    optionalInteger: (name, rule) => check(name, null, asInteger(rule)),
    choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
      require(name);
      return check(name, choices[0], (value) => {
        const choice = choices.find((one) => one === value);
        return choice === undefined ? { problem: `must be one of: ${choices.join(", ")}` } : { value: choice };
      });
    },
    problems: () => errors,
    done() {
      if (errors.length === 0) return;
      const summary = errors.map(({ message }) => message).join(" ");
      throw new DomainError("invalid", "validation_failed", summary, { fields: errors });
    },
  };
}
