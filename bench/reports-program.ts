// Reads one report as security-gate does and prints how many findings it holds; run by bench/reports.ts in a process of its own.
import { secretHider } from '#shared/findings/hidden-secret';
import { readReports } from '#shared/findings/read-report';

const [report] = await readReports(process.argv[2] ?? '', { hide: secretHider(() => undefined, 'bench') });
if (report === undefined || report.fault !== undefined) throw new Error(report?.fault?.reason ?? 'There is no report.');
const beyond = Object.values(report.beyond ?? {}).reduce((sum, count) => sum + count, 0);
console.log(report.findings.length + beyond);
