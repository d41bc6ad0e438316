import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createCheckout } from "./checkout/index.ts";
import { App } from "./ui/App.tsx";

const state = document.getElementById("state");
const root = document.getElementById("app");
if (state?.textContent && root) {
  const checkout = createCheckout(JSON.parse(state.textContent));
  createRoot(root).render(
    <StrictMode>
      <App checkout={checkout} />
    </StrictMode>,
  );
}
