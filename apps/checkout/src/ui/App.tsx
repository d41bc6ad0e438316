import { useEffect } from "react";
import type { Checkout } from "../checkout/index.ts";
import { announcement } from "../flow/announcement.ts";
import { screenOf } from "../flow/screen.ts";
import { CancelDialog } from "./CancelDialog.tsx";
import { ClosedScreen } from "./ClosedScreen.tsx";
import { Form, Offline } from "./Form.tsx";
import { PayProvider, useFlow } from "./hooks.ts";
import { Mismatches } from "./Mismatches.tsx";
import { PayScreen } from "./PayScreen.tsx";
import { ProgressScreen } from "./ProgressScreen.tsx";
import { ReceiptScreen } from "./ReceiptScreen.tsx";

export function App({ checkout }: { readonly checkout: Checkout }) {
  return (
    <PayProvider value={checkout}>
      <Form checkout={checkout}>
        <Page />
      </Form>
    </PayProvider>
  );
}

function Page() {
  const flow = useFlow();
  const said = announcement(flow);
  const screen = screenOf(flow);
  useEffect(() => {
    if (screen !== "pay") document.title = `${said} – ${flow.session.organizationName}`;
  }, [screen, said, flow.session.organizationName]);
  return (
    <div
      className="grid grid-cols-1 gap-4"
      data-testid="checkout"
      data-screen={screen}
      data-status={flow.session.status.status}
    >
      <p className="sr-only" role="status" aria-live="polite" data-testid="announcement">
        {said}
      </p>
      {flow.online ? null : <Offline />}
      <Mismatches />
      {screen === "pay" ? <PayScreen /> : null}
      {screen === "progress" ? <ProgressScreen /> : null}
      {screen === "receipt" ? <ReceiptScreen /> : null}
      {screen === "cancelled" || screen === "expired" || screen === "failed" ? <ClosedScreen screen={screen} /> : null}
      <CancelDialog />
    </div>
  );
}
