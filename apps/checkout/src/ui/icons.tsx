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

const marks: Record<string, { fill: string; text: string }> = {
  USDC: { fill: "#2563b8", text: "$" },
  USDT: { fill: "#0f7d63", text: "₮" },
  DAI: { fill: "#9a6700", text: "◈" },
  EURC: { fill: "#3b4fc4", text: "€" },
  POL: { fill: "#6a3ad0", text: "P" },
};

/** A currency's mark: the diamond for ether, a sign or the first letter for others. Beside it always stands the symbol. */
export function CurrencyIcon({ symbol, className = "size-9" }: IconProps & { readonly symbol: string }) {
  const name = symbol.replace(/^t(?=[A-Z])/, "");
  const mark = marks[name] ?? { fill: "#5b6474", text: [...name][0] ?? "?" };
  return (
    <svg className={`shrink-0 ${className}`} viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="18" fill={name === "ETH" ? "#4c5a86" : mark.fill} />
      {name === "ETH" ? (
        <g fill="#fff">
          <path d="M18 5.5 10.5 18.2 18 15z" opacity="0.7" />
          <path d="M18 5.5 25.5 18.2 18 15z" />
          <path d="M18 16.6 10.5 19.8 18 24.2z" opacity="0.85" />
          <path d="M18 16.6 25.5 19.8 18 24.2z" opacity="0.6" />
          <path d="M18 26 10.5 21.6 18 31z" opacity="0.8" />
          <path d="M18 26 25.5 21.6 18 31z" />
        </g>
      ) : (
        <text x="18" y="18" fill="#fff" fontSize="18" fontWeight="600" textAnchor="middle" dominantBaseline="central">
          {mark.text}
        </text>
      )}
    </svg>
  );
}
