import "../styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { createPortal } from "./index.ts";

const state = document.getElementById("state");
const root = document.getElementById("app");
// The link's last part is the key to the portal: it is in the address and nowhere else.
const token = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");
if (state?.textContent && root) {
  const portal = createPortal(JSON.parse(state.textContent), token);
  createRoot(root).render(
    <StrictMode>
      <App portal={portal} />
    </StrictMode>,
  );
}
