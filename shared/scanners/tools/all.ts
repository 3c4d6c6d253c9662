import type { Scanner } from '../scanner.ts';
import { bandit } from './bandit.ts';
import { gitleaks } from './gitleaks.ts';
import { grype } from './grype.ts';
import { npmAudit } from './npm-audit.ts';
import { osvScanner } from './osv-scanner.ts';
import { pipAudit } from './pip-audit.ts';
import { semgrep } from './semgrep.ts';
import { trivy } from './trivy.ts';
import { trufflehog } from './trufflehog.ts';

/** Every scanner that can be run. */
export const SCANNERS: readonly Scanner[] = [trivy, gitleaks, osvScanner, grype, trufflehog, bandit, semgrep, pipAudit, npmAudit];
