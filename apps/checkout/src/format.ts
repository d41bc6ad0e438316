/** What people read. Amounts stay exact all the way: nothing here computes with floats. */
import type { Duration } from "@qbitflow/api";
import { formatTokenAmount, formatUsd as moneyFormatUsd, parseUsdNumber } from "@qbitflow/money";
import { words } from "./words.ts";

/** `1234.5` → `$1,234.50`. */
export function formatUsd(price: number): string {
  return moneyFormatUsd(parseUsdNumber(price));
}

/** Groups the whole part of an exact decimal text and keeps every decimal: `12345.678` → `12,345.678`, `49.9` → `49.90`. */
export function formatAmount(amount: string): string {
  const [whole = "0", fraction] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction ? `${grouped}.${fraction.padEnd(2, "0")}` : grouped;
}

/** USD for one unit as the server says it, shortened for reading: two decimals from one dollar up, else six digits. */
export function formatRate(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const shown = whole === "0" ? 6 : 2;
  const cut = fraction.slice(0, shown).padEnd(2, "0");
  return `$${formatAmount(`${whole}.${cut}`)}`;
}

/** Base units → at most six decimals. `up` for what is needed or missing, `down` for what somebody has. */
export function formatBase(amountBase: bigint, decimals: number, rounding: "up" | "down"): string {
  return formatAmount(formatTokenAmount(amountBase, decimals, rounding));
}

/** Seconds left → `14:05`, `1:02:09`; never below `0:00`. */
export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor((left % 3600) / 60);
  const pad = (value: number) => String(value).padStart(2, "0");
  const rest = pad(left % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Seconds a customer has to wait, roughly: `10 seconds`, `40 seconds`, `3 minutes`. */
export function roughDuration(seconds: number): string {
  if (seconds < 60) return words.duration.seconds(Math.ceil(seconds / 10) * 10);
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? words.duration.minute : words.duration.minutes(minutes);
}

/**
 * Takes out the marks that turn the order of all following letters round, and those that end the frame a name stands in:
 * it must not show as another one, nor move what stands beside it.
 * Right-to-left scripts need none of them.
 */
export function withoutOverrides(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}

/** `0x1234…cdef`; anything short stays whole. */
export function shortHex(text: string): string {
  return text.length > 14 ? `${text.slice(0, 6)}…${text.slice(-4)}` : text;
}

const dateTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** RFC 3339 text or Unix milliseconds → the reader's own time zone. */
export function formatTime(at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : dateTime.format(date);
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** RFC 3339 text or Unix milliseconds → the day alone. */
export function formatDay(at: string | number): string {
  return day.format(new Date(at));
}

/** When something is due that comes at this frequency: with the hour only where it comes several times a day. */
export function formatDue(at: string | number, { unit }: Duration): string {
  return unit === "seconds" || unit === "minutes" || unit === "hours" ? formatTime(at) : formatDay(at);
}

/** Only http(s) links are ever followed, whatever the server was told. */
export function safeLink(url: string | undefined): string | undefined {
  if (!url) return undefined;
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : undefined;
  } catch {
    return undefined;
  }
}
