import { type FormEvent, useEffect, useRef } from "react";
import type { FieldName } from "../flow/state.ts";
import { words } from "../words.ts";
import { useActions, useFlow } from "./hooks.ts";
import { Notice, Section, Spinner } from "./pieces.tsx";

export function DetailsSection({ number }: { readonly number: number }) {
  const { session, details, pay } = useFlow();
  const { editDetails } = useActions();
  const open = session.needsCustomer || details.status !== "closed";
  if (open) {
    return (
      <Section id="details" number={number} title={words.details.heading} state="open">
        <DetailsForm />
      </Section>
    );
  }
  const change = (
    <button
      type="button"
      className="link"
      disabled={pay.status !== "idle"}
      onClick={() => void editDetails()}
      data-testid="details-change"
    >
      {words.details.change}
    </button>
  );
  const { customer } = details;
  return (
    <Section
      id="details"
      number={number}
      title={words.details.heading}
      state="done"
      action={session.isOwner ? change : null}
    >
      <p className="wrap-any -mt-2 pl-10 text-sm text-muted" data-testid="details-summary">
        {customer ? (
          <>
            <bdi>
              {customer.name} {customer.lastName}
            </bdi>
            {" · "}
            <bdi>{customer.email}</bdi>
          </>
        ) : session.isOwner ? (
          words.details.saved
        ) : (
          words.details.given
        )}
      </p>
    </Section>
  );
}

const fields: readonly { name: FieldName; autoComplete: string; type: string; max: number; wide?: boolean }[] = [
  { name: "name", autoComplete: "given-name", type: "text", max: 100 },
  { name: "lastName", autoComplete: "family-name", type: "text", max: 100 },
  { name: "email", autoComplete: "email", type: "email", max: 254, wide: true },
];

function DetailsForm() {
  const { session, details } = useFlow();
  const { saveDetails, closeDetails } = useActions();
  const form = useRef<HTMLFormElement>(null);
  const { errors } = details;
  useEffect(() => {
    const first = fields.find((field) => errors[field.name]);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first.name}]`)?.focus();
  }, [errors]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: FieldName) => String(data.get(name) ?? "");
    void saveDetails({ ...details.customer, name: text("name"), lastName: text("lastName"), email: text("email") });
  };
  const saving = details.status === "saving";
  return (
    <form ref={form} className="grid gap-4" noValidate onSubmit={submit} data-testid="details-form">
      <p className="wrap-any -mt-2 text-sm text-muted">{words.details.why(session.organizationName)}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map((field) => (
          <Field key={field.name} {...field} error={errors[field.name]} value={details.customer?.[field.name]} />
        ))}
      </div>
      {details.message ? (
        <Notice tone="bad" title={words.details.failed} testId="details-problem">
          <p>{details.message}</p>
        </Notice>
      ) : null}
      <div className="flex gap-3">
        <button type="submit" className="button button-main grow" disabled={saving} data-testid="details-save">
          {saving ? <Spinner /> : null}
          {saving ? words.details.saving : words.details.save}
        </button>
        {session.needsCustomer ? null : (
          <button type="button" className="button button-quiet" disabled={saving} onClick={closeDetails}>
            {words.cancel.no}
          </button>
        )}
      </div>
    </form>
  );
}

interface FieldProps {
  readonly name: FieldName;
  readonly autoComplete: string;
  readonly type: string;
  readonly max: number;
  readonly wide?: boolean;
  readonly error: string | undefined;
  readonly value: string | undefined;
}

function Field({ name, autoComplete, type, max, wide, error, value }: FieldProps) {
  const id = `field-${name}`;
  return (
    <div className={`grid content-start gap-1.5 ${wide ? "sm:col-span-2" : ""}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {words.details[name]}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        className="field"
        autoComplete={autoComplete}
        autoCapitalize={type === "email" ? "none" : undefined}
        spellCheck="false"
        dir="auto"
        maxLength={max}
        defaultValue={value}
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        data-testid={`field-${name}`}
      />
      {error ? (
        <p id={`${id}-error`} className="wrap-any text-sm font-medium text-bad" data-testid={`error-${name}`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
