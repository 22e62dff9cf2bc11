import { bare } from './names.ts';
import { hasType } from './schemas.ts';
import { get, scalar, text } from './tree.ts';
import type { LocalContext, View } from './visitors.ts';

const passwords = new Set(
  'password passwd passwordhash passwordhashed hashedpassword passwordhashes passworddigest passwordsalt encryptedpassword userpassword currentpassword oldpassword newpassword confirmpassword passwordconfirm passwordconfirmation repeatpassword'.split(
    ' ',
  ),
);

/** Whether a property of this name holds a password or what is made of one; `password_set` and `hash` do not. */
export function isPassword(name: string): boolean {
  return /pass/i.test(name) && passwords.has(bare(name));
}

const traces = new Set(['stacktrace', 'backtrace', 'traceback', 'stacktraces', 'exceptionstack', 'errorstack']);

export function isStackTrace(name: string): boolean {
  return /stack|trace/i.test(name) && (traces.has(bare(name)) || name === 'stack');
}

/** A password that the service makes up has to be told once. */
const madeUp = /generat|\b(?:only |shown |returned )?once\b|one[- ]time|temporary|initial|\bcreated\b/i;

/** Whether the property holds text that a client may be sent. `readOnly` and a description can say that it is sent on purpose. */
export function isReturnedText(view: View, context: LocalContext): boolean {
  const schema = context.follow(view.node);
  if (!schema) return false;
  for (const one of [view.node, schema])
    if (scalar(one, 'writeOnly') === true || scalar(one, 'readOnly') === true) return false;
  if (madeUp.test(text(view.node, 'description') ?? '')) return false;
  return (
    hasType(schema, 'string') ||
    (!get(schema, 'type') && !get(schema, 'properties') && text(schema, '$ref') === undefined)
  );
}
