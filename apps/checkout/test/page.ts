/** The page as a test sees it. Only stable test ids and roles: wording and looks may change without touching a test. */
import type { Locator, Page } from "playwright-core";

export type TestWallet = "test-rich" | "test-second" | "test-empty";
export type Screen = "pay" | "progress" | "receipt" | "cancelled" | "expired" | "failed";

export interface Customer {
  readonly name: string;
  readonly lastName: string;
  readonly email: string;
}

export class CheckoutPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  byId(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Makes it the tab that is looked at: one in the background gets a frame a second, and a click waits for two. */
  async front(): Promise<void> {
    await this.page.bringToFront();
  }

  /** Opens a session's link and waits until the form has come to life. */
  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await this.byId("checkout").waitFor();
  }

  async fillDetails({ name, lastName, email }: Customer): Promise<void> {
    await this.byId("field-name").fill(name);
    await this.byId("field-lastName").fill(lastName);
    await this.byId("field-email").fill(email);
    await this.byId("details-save").click();
  }

  /** Waits until details are accepted. */
  async detailsSaved(): Promise<void> {
    await this.byId("details-summary").waitFor();
  }

  /** `local`, `tUSDC`. Waits for the amount. */
  async pick(network: string, symbol: string): Promise<void> {
    await this.byId(`currency-${network}-${symbol}`).click();
    await this.byId("quote-amount").waitFor();
  }

  async connect(wallet: TestWallet): Promise<void> {
    await this.byId(`wallet-${wallet}`).click();
    await this.byId("wallet-account").waitFor();
  }

  async pressPay(): Promise<void> {
    await this.byId("pay").click();
  }

  /** Answers the test wallet's next question. */
  async confirmInWallet(): Promise<void> {
    await this.byId("test-wallet-confirm").click();
  }

  /** Answers whatever the test wallet asks until the form is left. */
  async confirmAll(): Promise<void> {
    const question = this.byId("test-wallet-confirm");
    const left = this.page.locator("[data-testid=checkout]:not([data-screen=pay])");
    while ((await left.count()) === 0) {
      await question.or(left).first().waitFor();
      // The question may be gone by now, with its answer.
      if (await question.isVisible()) await question.click({ timeout: 1_000 }).catch(() => undefined);
    }
  }

  async refuseInWallet(): Promise<void> {
    await this.byId("test-wallet-refuse").click();
  }

  /** Waits for a screen; the confirmations' wait can take some blocks. */
  async waitForScreen(screen: Screen, timeoutMs = 30_000): Promise<void> {
    await this.page.locator(`[data-testid=checkout][data-screen=${screen}]`).waitFor({ timeout: timeoutMs });
  }

  /** Waits for a problem by its code (src/problem.ts), whatever its words. */
  async waitForProblem(code: string): Promise<void> {
    await this.byId(`problem-${code}`).waitFor();
  }

  /** Currency, periods, wallet: up to the button that begins signing. */
  async toOffer(input: { symbol: string; wallet: TestWallet; periods?: string; maximum?: string }): Promise<void> {
    await this.byId(`currency-local-${input.symbol}`).click();
    if (input.maximum) await this.byId("maximum").fill(input.maximum);
    if (input.periods) await this.byId(`periods-${input.periods}`).click();
    await this.byId("choice-continue").click();
    await this.connect(input.wallet);
    await this.byId("offer").waitFor();
  }

  /** Presses Authorise and confirms every question. */
  async authorise(questions: number): Promise<void> {
    await this.byId("authorise").click();
    for (let asked = 0; asked < questions; asked++) await this.confirmInWallet();
  }

  async cancel(): Promise<void> {
    await this.byId("cancel").click();
    await this.byId("cancel-yes").click();
  }

  /** Details (where asked), currency, rich test wallet, every question (`questions` where their number matters): up to the receipt. */
  async payAll(input: { customer?: Customer; network: string; symbol: string; questions?: number }): Promise<void> {
    if (input.customer) {
      await this.fillDetails(input.customer);
      await this.detailsSaved();
    }
    await this.pick(input.network, input.symbol);
    await this.connect("test-rich");
    await this.pressPay();
    if (input.questions === undefined) await this.confirmAll();
    else for (let asked = 0; asked < input.questions; asked++) await this.confirmInWallet();
    await this.waitForScreen("receipt");
  }
}
