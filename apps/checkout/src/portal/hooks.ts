import { createContext, useContext, useSyncExternalStore } from "react";
import type { PortalActions, PortalApp } from "./index.ts";
import type { Portal } from "./state.ts";

const PortalContext = createContext<PortalApp | undefined>(undefined);
export const PortalProvider = PortalContext.Provider;

function usePortalApp(): PortalApp {
  const app = useContext(PortalContext);
  if (!app) throw new Error("Used outside the portal.");
  return app;
}

export function usePortal(): Portal {
  const { store } = usePortalApp();
  return useSyncExternalStore(store.subscribe, store.get);
}

export function usePortalActions(): PortalActions {
  return usePortalApp().actions;
}
