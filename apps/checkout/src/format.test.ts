import { describe, expect, it } from "vitest";
import {
  formatAmount,
  formatBase,
  formatCountdown,
  formatRate,
  formatUsd,
  roughDuration,
  safeLink,
  shortHex,
} from "./format.ts";

describe("amounts", () => {
  it.each([
    ["49.9", "49.90"],
    ["25", "25"],
    ["1234567.000001", "1,234,567.000001"],
    ["0.008300000000000001", "0.008300000000000001"],
  ])("%s reads %s", (amount, text) => expect(formatAmount(amount)).toBe(text));

  it("rounds what is missing up and what one has down", () => {
    expect(formatBase(1_000_000_000_001n, 18, "up")).toBe("0.000002");
    expect(formatBase(1_999_999_999_999n, 18, "down")).toBe("0.000001");
  });

  it("prints prices exactly", () => {
    expect(formatUsd(0.1)).toBe("$0.10");
    expect(formatUsd(999_999.123456)).toBe("$999,999.123456");
  });

  it.each([
    ["1", "$1.00"],
    ["2998.204999", "$2,998.20"],
    ["0.00012345", "$0.000123"],
  ])("the rate %s reads %s", (rate, text) => expect(formatRate(rate)).toBe(text));
});

describe("time", () => {
  it.each([
    [900, "15:00"],
    [59.9, "0:59"],
    [0, "0:00"],
    [-5, "0:00"],
    [3729, "1:02:09"],
  ])("%d seconds left read %s", (seconds, text) => expect(formatCountdown(seconds)).toBe(text));

  it.each([
    [3, "10 seconds"],
    [31, "40 seconds"],
    [70, "a minute"],
    [200, "3 minutes"],
  ])("%d seconds are about %s", (seconds, text) => expect(roughDuration(seconds)).toBe(text));
});

it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil", "not a url"])(
  "does not follow %s",
  (url) => {
    expect(safeLink(url)).toBeUndefined();
  },
);

it("follows web links", () => expect(safeLink("https://shop.example/a?b=1")).toBe("https://shop.example/a?b=1"));

it("shortens addresses", () => expect(shortHex(`0x1234${"0".repeat(32)}cdef`)).toBe("0x1234…cdef"));
