/** What scanners are installed from: pinned here, since the checksums of a hostile release are hostile too. */
export type Lock = Readonly<Record<string, readonly Release[]>>;

/** One version of a scanner. */
export interface Release {
  readonly version: string;
  /** The day by which it was out, UTC. */
  readonly released: string;
  /** By system and processor as Node names them: `linux-x64`. */
  readonly artefacts: Readonly<Record<string, Artefact>>;
}

/** One file of a release. */
export interface Artefact {
  /** Below the address of GitHub, or of the mirror. */
  readonly path: string;
  readonly sha256: string;
  /** The size where it is known, bytes. */
  readonly bytes?: number;
  /** The program in the archive; undefined when the file is the program. */
  readonly member?: string;
}

/** Where the files of releases are, unless a mirror is named. */
export const GITHUB = 'https://github.com';

/** Hosts that GitHub sends downloads of releases on to. */
export const RELEASE_HOSTS: readonly string[] = ['github.com', 'objects.githubusercontent.com', 'release-assets.githubusercontent.com'];

/**
 * The pinned scanners, the newest version of each first. Every sha256 is the publisher's, as at least two unrelated public
 * projects that had checked the file recorded it; script/scanner-pins compares them with the files themselves. See docs/scanners.md.
 */
export const LOCK: Lock = {
  trivy: [{
    version: '0.74.0', released: '2026-08-14',
    artefacts: {
      'linux-x64': { path: '/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-64bit.tar.gz', sha256: '2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a', member: 'trivy' },
      'linux-arm64': { path: '/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-ARM64.tar.gz', sha256: 'b94ce1976bbf3c15b514b605ee88be7c6d94a29be2302847ff01cb794d47aad5', member: 'trivy' },
    },
  }],
  gitleaks: [{
    version: '8.30.1', released: '2026-03-21',
    artefacts: {
      'linux-x64': { path: '/gitleaks/gitleaks/releases/download/v8.30.1/gitleaks_8.30.1_linux_x64.tar.gz', sha256: '551f6fc83ea457d62a0d98237cbad105af8d557003051f41f3e7ca7b3f2470eb', bytes: 8_230_402, member: 'gitleaks' },
      'linux-arm64': { path: '/gitleaks/gitleaks/releases/download/v8.30.1/gitleaks_8.30.1_linux_arm64.tar.gz', sha256: 'e4a487ee7ccd7d3a7f7ec08657610aa3606637dab924210b3aee62570fb4b080', member: 'gitleaks' },
    },
  }],
  'osv-scanner': [{
    version: '2.6.0', released: '2026-09-14',
    artefacts: {
      'linux-x64': { path: '/google/osv-scanner/releases/download/v2.6.0/osv-scanner_linux_amd64', sha256: 'ca69b3d3cd08f889a49dc0a383122f71cc528b83803671df5fd874d97485b108' },
      'linux-arm64': { path: '/google/osv-scanner/releases/download/v2.6.0/osv-scanner_linux_arm64', sha256: '2c71403eb443d05891c4f268c3ad771cf4f16e5443463fd7851ef8f454d3c7e4' },
    },
  }],
  grype: [{
    version: '0.117.0', released: '2026-08-14',
    artefacts: {
      'linux-x64': { path: '/anchore/grype/releases/download/v0.117.0/grype_0.117.0_linux_amd64.tar.gz', sha256: '38525dab1e06f162ebaa02f94d82d1f807076b011a44180cf2777edf1a7b9c26', member: 'grype' },
      'linux-arm64': { path: '/anchore/grype/releases/download/v0.117.0/grype_0.117.0_linux_arm64.tar.gz', sha256: '935f628bdf9331ffdd946931ea5fdb50045d3970ba52670cbeb44a88f127291b', member: 'grype' },
    },
  }],
  trufflehog: [{
    version: '3.97.0', released: '2026-08-18',
    artefacts: {
      'linux-x64': { path: '/trufflesecurity/trufflehog/releases/download/v3.97.0/trufflehog_3.97.0_linux_amd64.tar.gz', sha256: '62224de2f9dd7cd418800feb953760a302ed2f82a7c547fe1146a4874fb179e4', member: 'trufflehog' },
      'linux-arm64': { path: '/trufflesecurity/trufflehog/releases/download/v3.97.0/trufflehog_3.97.0_linux_arm64.tar.gz', sha256: 'f48f57e3d4343377865b1b64653f96d381d61a7792d89d026e85524732039fde', member: 'trufflehog' },
    },
  }],
};
