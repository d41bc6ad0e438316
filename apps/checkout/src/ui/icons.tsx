/** All drawn here: the page loads no picture from anywhere. */
interface IconProps {
  readonly className?: string;
}

function Stroke({ className, path }: IconProps & { readonly path: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

export const CheckIcon = (props: IconProps) => <Stroke {...props} path="M5 12.5l4.5 4.5L19 7.5" />;
export const ChevronIcon = (props: IconProps) => <Stroke {...props} path="M6 9l6 6 6-6" />;
export const CrossIcon = (props: IconProps) => <Stroke {...props} path="M6 6l12 12M18 6L6 18" />;
export const InfoIcon = (props: IconProps) => (
  <Stroke {...props} path="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 8h.01" />
);
export const AlertIcon = (props: IconProps) => (
  <Stroke {...props} path="M12 3.5 2.5 20h19L12 3.5ZM12 10v4.5M12 17.5h.01" />
);
export const ClockIcon = (props: IconProps) => (
  <Stroke {...props} path="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2" />
);
export const WalletIcon = (props: IconProps) => (
  <Stroke
    {...props}
    path="M4 7.5V18a2 2 0 0 0 2 2h13a1 1 0 0 0 1-1V9a1 1 0 0 0-1-1H5a1.5 1.5 0 0 1 0-4h12v4M16.5 14h.01"
  />
);
export const PhoneIcon = (props: IconProps) => (
  <Stroke {...props} path="M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM11 18h2" />
);
export const FlaskIcon = (props: IconProps) => (
  <Stroke {...props} path="M10 3h4M10.5 3v6L5 19a1.5 1.5 0 0 0 1.3 2h11.4a1.5 1.5 0 0 0 1.3-2l-5.5-10V3M8 15h8" />
);

interface Mark {
  readonly fill: string;
  /** Filled in white, on 36 by 36. */
  readonly shape?: string;
  /** Drawn in white lines. */
  readonly lines?: string;
}

const ether: Mark = {
  fill: "#627eea",
  shape: "M18 5.5 10.3 18.3 18 22.8l7.7-4.5zM18 24.4l-7.7-4.5L18 30.5l7.7-10.6z",
};
const polygon: Mark = {
  fill: "#8247e5",
  lines: "m15 20.5-4 2.3-4-2.3v-4.6l4-2.3 4 2.3 6 4.6 4 2.3 4-2.3v-4.6l-4-2.3-4 2.3",
};
const circle = {
  left: "M14.2 7.6a11 11 0 0 0 0 20.8",
  right: "M21.8 7.6a11 11 0 0 1 0 20.8",
};

/** The marks that people know from their wallets. */
const tokens: Readonly<Record<string, Mark>> = {
  ETH: ether,
  POL: polygon,
  USDC: {
    fill: "#2775ca",
    lines: `${circle.left}${circle.right}M18 10.2v2.3m0 11v2.3m3.7-10.4c-.4-1.8-1.8-2.7-3.7-2.7-2.1 0-3.6 1-3.6 2.7 0 3.7 7.4 1.7 7.4 5.4 0 1.7-1.6 2.7-3.8 2.7-2.1 0-3.6-1-3.9-2.8`,
  },
  EURC: {
    fill: "#1a5fb4",
    lines: `${circle.left}${circle.right}M22 13.6a5.6 5.6 0 1 0 0 8.8M12 16.6h7m-7 3h7`,
  },
  USDT: {
    fill: "#26a17b",
    shape:
      "M9.6 9.5h16.8v4H20.2v3c4.3.2 7.5 1.1 7.5 2.2s-3.2 2-7.5 2.2v6.6h-4.4v-6.6c-4.3-.2-7.5-1.1-7.5-2.2s3.2-2 7.5-2.2v-3H9.6zm6.2 8.2c-3.4.2-5.7.6-5.7 1s3.4 1.1 7.9 1.1 7.9-.7 7.9-1.1-2.3-.8-5.7-1v1.2h-4.4z",
  },
  DAI: { fill: "#f4b731", lines: "M12.5 10h5c5 0 8.2 3.2 8.2 8s-3.2 8-8.2 8h-5zM9 16.3h18.6M9 19.7h18.6" },
};

/** By the first word of a network's slug: a test network wears its parent's. */
const networks: Readonly<Record<string, Mark>> = {
  ethereum: ether,
  sepolia: ether,
  polygon,
  base: { fill: "#0052ff", shape: "M18 28a10 10 0 1 0-9.9-11.4h13.2v2.8H8.1A10 10 0 0 0 18 28z" },
  arbitrum: { fill: "#213147", lines: "m11 26 6.6-16.5h.8L25 26m-9.6-2.5L18 17l2.6 6.5" },
  optimism: {
    fill: "#ff0420",
    lines: "M13 14a4 4 0 1 0 .1 8 4 4 0 0 0-.1-8zm7 8.5V14h3.3a2.6 2.6 0 0 1 0 5.3H20",
  },
};

function MarkIcon({ mark, className, letter }: IconProps & { readonly mark: Mark; readonly letter: string }) {
  const { fill, shape, lines } = mark;
  return (
    <svg className={`shrink-0 ${className}`} viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="18" fill={fill} />
      {shape ? <path d={shape} fill="#fff" fillRule="evenodd" /> : null}
      {lines ? <path d={lines} fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" /> : null}
      {shape || lines ? null : (
        <text x="18" y="18" fill="#fff" fontSize="18" fontWeight="600" textAnchor="middle" dominantBaseline="central">
          {letter}
        </text>
      )}
    </svg>
  );
}

const unknown: Mark = { fill: "#5b6474" };

/** A currency's mark; the first letter of one that is not known. Beside it always stands the symbol. */
export function CurrencyIcon({ symbol, className = "size-9" }: IconProps & { readonly symbol: string }) {
  // Test tokens look like what they stand for, and bridged ones like what they are worth.
  const name = symbol.replace(/^t(?=[A-Z])/, "").replace(/0$/, "");
  return <MarkIcon mark={tokens[name] ?? unknown} letter={[...name][0] ?? "?"} className={className} />;
}

/** A network's mark, or its first letter; its name stands beside it. */
export function NetworkIcon({ slug, className = "size-5" }: IconProps & { readonly slug: string }) {
  const mark = networks[slug.split("-")[0] ?? ""] ?? unknown;
  return <MarkIcon mark={mark} letter={slug[0]?.toUpperCase() ?? "?"} className={className} />;
}
