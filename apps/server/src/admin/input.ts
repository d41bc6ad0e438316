import { DomainError } from "@qbitflow/core";

/** A command's options, as a person typed them; each reader names the option that is wrong. */
export interface Input {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  integer(name: string): number;
  optionalInteger(name: string): number | undefined;
  id(name: string): bigint;
  optionalId(name: string): bigint | undefined;
  flag(name: string): boolean;
}

/** @throws DomainError validation_failed when it is not an object of texts and flags */
export function readInput(value: unknown): Input {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("input", "must be an object");
  const options = value as Readonly<Record<string, unknown>>;

  function optionalText(name: string): string | undefined {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined || option === null || option === "") return undefined;
    if (typeof option !== "string") throw wrong(name, "must be a text");
    return option;
  }
  function optionalInteger(name: string): number | undefined {
    const text = optionalText(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,15}$/.test(text)) throw wrong(name, "must be a whole number");
    return Number(text);
  }
  function optionalId(name: string): bigint | undefined {
    const number = optionalInteger(name);
    return number === undefined ? undefined : BigInt(number);
  }
  return {
    optionalText,
    optionalInteger,
    optionalId,
    text: (name) => needed(name, optionalText(name)),
    integer: (name) => needed(name, optionalInteger(name)),
    id: (name) => needed(name, optionalId(name)),
    flag: (name) => Object.hasOwn(options, name) && options[name] === true,
  };
}

function needed<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw wrong(name, "is missing");
  return value;
}

function wrong(field: string, message: string): DomainError {
  const option = `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return new DomainError("invalid", "validation_failed", `${option} ${message}.`, { fields: [{ field, message }] });
}
