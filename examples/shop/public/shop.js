// The order page asks its own shop every two seconds whether anything changed, and shows itself anew when it did.
const order = document.querySelector("[data-state]");
const settled = ["completed", "failed", "cancelled", "expired"];

async function look() {
  try {
    const { state } = await (await fetch(`${location.pathname}/state`)).json();
    if (state !== order.dataset.state) return location.reload();
  } catch {
    // The shop is away for a moment: the next look may find it.
  }
  setTimeout(look, 2000);
}

if (order && !settled.includes(order.dataset.state)) setTimeout(look, 2000);
