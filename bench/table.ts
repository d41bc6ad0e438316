/** One measured line: what, the figure, its goal, and whether it is met. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly met: boolean;
  /** The figures behind it, for the JSON file. */
  readonly detail?: Record<string, number | string>;
}

export function printTable(title: string, rows: readonly Row[]): void {
  const wide = Math.max(...rows.map(({ what }) => what.length), 4);
  const figures = Math.max(...rows.map(({ figure }) => figure.length), 6);
  console.log(`\n${title}`);
  for (const { what, figure, goal, met } of rows) {
    console.log(`  ${what.padEnd(wide)}  ${figure.padStart(figures)}   goal ${goal}${met ? "" : "   MISSED"}`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
