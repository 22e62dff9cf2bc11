/** How many rows each role document's requirements have: `R001-040` is row 40 of role-001. */
const rows: Readonly<Record<string, number>> = { R000: 38, R001: 154, R002: 105, R003: 178, R004: 48 };

/** Whether `id` names a row of the requirements. */
export function isRequirement(id: string): boolean {
  const [document = '', row = ''] = id.split('-');
  return /^\d{3}$/.test(row) && Number(row) >= 1 && Number(row) <= (rows[document] ?? 0);
}
