import "../styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { createSubscribe } from "./index.ts";

const state = document.getElementById("state");
const root = document.getElementById("app");
if (state?.textContent && root) {
  const subscribe = createSubscribe(JSON.parse(state.textContent));
  createRoot(root).render(
    <StrictMode>
      <App subscribe={subscribe} />
    </StrictMode>,
  );
}
