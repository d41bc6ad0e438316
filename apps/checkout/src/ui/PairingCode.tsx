import { useEffect, useState } from "react";
import { words } from "../words.ts";
import { CopyButton } from "./pieces.tsx";

/** WalletConnect's pairing code as a QR code, drawn here; always dark on white, as cameras want it. */
export function PairingCode({ uri }: { readonly uri: string }) {
  const [code, setCode] = useState<{ path: string; size: number }>();
  useEffect(() => {
    let current = true;
    void import("uqr").then(({ encode }) => {
      const { data, size } = encode(uri, { border: 2 });
      const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
      if (current) setCode({ path, size });
    });
    return () => {
      current = false;
    };
  }, [uri]);
  return (
    <div className="grid justify-items-center gap-4 text-center">
      <p>{words.wallet.scan}</p>
      <div className="aspect-square w-full max-w-64 rounded-xl bg-white p-2">
        {code ? (
          <svg
            viewBox={`0 0 ${code.size} ${code.size}`}
            role="img"
            aria-label={words.wallet.scan}
            shapeRendering="crispEdges"
          >
            <path d={code.path} fill="#000" />
          </svg>
        ) : null}
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <a className="button button-main" href={uri}>
          {words.wallet.openApp}
        </a>
        <CopyButton text={uri} label={words.wallet.copyUri} />
      </div>
    </div>
  );
}
