import type { Format } from './format.ts';
import { anchore } from './formats/anchore.ts';
import { bandit } from './formats/bandit.ts';
import { checkov } from './formats/checkov.ts';
import { clair } from './formats/clair.ts';
import { cyclonedx } from './formats/cyclonedx.ts';
import { dependencyCheck } from './formats/dependency-check.ts';
import { ggshield } from './formats/ggshield.ts';
import { codeScanningAlerts, dependabotAlerts } from './formats/github-alerts.ts';
import { gitleaks } from './formats/gitleaks.ts';
import { grype } from './formats/grype.ts';
import { npmAudit } from './formats/npm-audit.ts';
import { osvScanner } from './formats/osv-scanner.ts';
import { pipAudit } from './formats/pip-audit.ts';
import { pnpmAudit } from './formats/pnpm-audit.ts';
import { safety } from './formats/safety.ts';
import { sarif } from './formats/sarif.ts';
import { semgrep } from './formats/semgrep.ts';
import { snyk } from './formats/snyk.ts';
import { sonarqube } from './formats/sonarqube.ts';
import { trivy } from './formats/trivy.ts';
import { trufflehog } from './formats/trufflehog.ts';
import { yarnAudit } from './formats/yarn-audit.ts';
import { zap } from './formats/zap.ts';

/** Every format that is read. The first that recognises a document reads it: the particular come before the general. */
export const FORMATS_READ: readonly Format[] = [
  sarif, cyclonedx, trivy, grype, npmAudit, yarnAudit, pnpmAudit, safety, clair, anchore, snyk, pipAudit, gitleaks, trufflehog, bandit, semgrep, osvScanner,
  dependencyCheck, zap, ggshield, sonarqube, checkov, codeScanningAlerts, dependabotAlerts,
];
