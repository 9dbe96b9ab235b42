interface Row {
  readonly caseId: string;
  readonly way: string;
  readonly status: string;
  readonly expected: string;
  readonly ms: number;
}

/** Case, the way it went, how it ended and how long it took. */
export function printTable(rows: readonly Row[], say: (line: string) => void): void {
  const width = (of: (row: Row) => string): number => Math.max(...rows.map((row) => of(row).length));
  const [ids, ways, statuses] = [width((row) => row.caseId), width((row) => row.way), width((row) => row.status)];
  say(`\n   ${'case'.padEnd(ids)}  ${'way'.padEnd(ways)}  ${'status'.padEnd(statuses)}  seconds`);
  for (const { caseId, way, status, expected, ms } of rows) {
    say(
      ` ${status === expected ? '✓' : '✗'} ${caseId.padEnd(ids)}  ${way.padEnd(ways)}  ${status.padEnd(statuses)}  ${(ms / 1000).toFixed(1).padStart(7)}`,
    );
  }
}
