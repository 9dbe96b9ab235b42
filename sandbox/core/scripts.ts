import { join } from 'node:path';
import {
  type CaseScript,
  defaultScript,
  defaultDials,
  type Dials,
  type PartyName,
  partyNames,
  withoutCountdowns,
} from './dials';
import { JsonLines } from './ledger';

type ControlLine =
  { readonly dials: PartyName; readonly value: Dials } | { readonly script: string; readonly value: CaseScript };

/** The dials of every party and the scripts of single cases; they outlive a restart, countdowns excepted. */
export class Scripts {
  private readonly dialsOf = new Map<PartyName, Dials>(partyNames.map((name) => [name, defaultDials()]));
  private readonly scripts = new Map<string, CaseScript>();
  private readonly file: JsonLines<ControlLine>;

  constructor(dataDir: string) {
    this.file = new JsonLines<ControlLine>(join(dataDir, 'control.jsonl'), (line) => this.apply(line));
    for (const [name, dials] of this.dialsOf) this.dialsOf.set(name, withoutCountdowns(dials));
  }

  dials(party: PartyName): Dials {
    return this.dialsOf.get(party) ?? defaultDials();
  }

  setDials(party: PartyName, value: Dials): void {
    this.write({ dials: party, value });
  }

  of(caseId: string): CaseScript {
    return this.scripts.get(caseId) ?? defaultScript;
  }

  setScript(caseId: string, value: CaseScript): void {
    this.write({ script: caseId, value });
  }

  /** Takes one from a countdown; false when it has run out. */
  take(party: PartyName, countdown: 'failNext' | 'hangNext' | 'cutNext' | 'garbleNext'): boolean {
    const dials = this.dials(party);
    if (dials[countdown] === 0) return false;
    this.dialsOf.set(party, { ...dials, [countdown]: dials[countdown] - 1 });
    return true;
  }

  isAutomatic(party: PartyName, caseId: string): boolean {
    const script = this.of(caseId);
    const mode = party === 'messages' || party === 'notices' ? undefined : script[party];
    return mode === undefined ? this.dials(party).automatic : mode === 'automatic';
  }

  close(): void {
    this.file.close();
  }

  private write(line: ControlLine): void {
    this.file.append(line);
    this.apply(line);
  }

  private apply(line: ControlLine): void {
    if ('dials' in line) this.dialsOf.set(line.dials, line.value);
    else this.scripts.set(line.script, line.value);
  }
}
