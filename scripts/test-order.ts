import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests that start the whole server, or a browser: they take longest, and wait for much of it. */
const OF_THE_SYSTEM = /^(e2e|apps\/checkout\/test)\//;
const WITH_A_BROWSER = /^(e2e\/(page|portal|shop)|apps\/checkout\/test\/)/;

/**
 * The long files first, so that none of them runs alone at the end; and those with a browser apart from each other, since
 * two at once leave nothing of two cores.
 */
export class TestOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const root = this.ctx.config.root;
    const matching = (pattern: RegExp) => (file: TestSpecification) => pattern.test(relative(root, file.moduleId));
    const browsers = sorted.filter(matching(WITH_A_BROWSER));
    const others = sorted.filter((file) => !browsers.includes(file));
    const systems = others.filter(matching(OF_THE_SYSTEM));
    const units = others.filter((file) => !systems.includes(file));
    const each = Math.max(1, Math.round(systems.length / Math.max(1, browsers.length)));
    const spread = browsers.flatMap((file, index) => [file, ...systems.slice(index * each, (index + 1) * each)]);
    return [...spread, ...systems.slice(browsers.length * each), ...units];
  }
}
