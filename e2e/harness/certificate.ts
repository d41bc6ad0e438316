import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** By which the programs of a terminal trust it: Node, Python, curl. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Signs itself; written where nginx looks for Let's Encrypt's: `fullchain.pem`, `privkey.pem`. */
export function makeCertificate(directory: string, hosts: readonly string[]): Certificate {
  const [cert, key] = [join(directory, "fullchain.pem"), join(directory, "privkey.pem")];
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-subj", "/CN=QBitFlow's tests", "-addext", `subjectAltName=${names}`, "-keyout", key, "-out", cert],
    ],
    { stdio: "pipe" },
  );
  return {
    cert: readFileSync(cert, "utf8"),
    key: readFileSync(key, "utf8"),
    environment: { NODE_EXTRA_CA_CERTS: cert, SSL_CERT_FILE: cert, CURL_CA_BUNDLE: cert },
  };
}
