/** Statuses as they stand under `responses`: `404`, `4XX`, `default`. */

export function isClientError(status: string): boolean {
  return /^4(?:\d\d|xx)$/i.test(status);
}

export function isServerError(status: string): boolean {
  return /^5(?:\d\d|xx)$/i.test(status);
}

/** `default` stands for every status that is not listed, errors above all. */
export function isError(status: string): boolean {
  return status === 'default' || isClientError(status) || isServerError(status);
}

export function isSuccess(status: string): boolean {
  return /^[123](?:\d\d|xx)$/i.test(status);
}
