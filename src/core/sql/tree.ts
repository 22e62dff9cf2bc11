/**
 * PostgreSQL's own syntax tree as libpg-query spells it: node and field names are PostgreSQL's, and only those that are read here are declared.
 * `location` counts UTF-8 bytes from the statement's start and is absent where it is 0.
 */
export interface Node {
  readonly [tag: string]: unknown;
}

export interface RangeVar {
  readonly schemaname?: string;
  readonly relname: string;
  readonly relpersistence?: string;
  /** Absent for ONLY. */
  readonly inh?: boolean;
  readonly location?: number;
}

export interface TypeName {
  readonly names?: readonly Node[];
  readonly typmods?: readonly Node[];
  readonly arrayBounds?: readonly Node[];
  readonly location?: number;
}

export interface ColumnDef {
  readonly colname?: string;
  readonly typeName?: TypeName;
  readonly constraints?: readonly Node[];
  readonly raw_default?: Node;
  readonly location?: number;
}

export interface Constraint {
  readonly contype: string;
  readonly conname?: string;
  readonly keys?: readonly Node[];
  readonly including?: readonly Node[];
  readonly exclusions?: readonly Node[];
  readonly raw_expr?: Node;
  readonly pktable?: RangeVar;
  readonly fk_attrs?: readonly Node[];
  readonly pk_attrs?: readonly Node[];
  readonly fk_del_action?: string;
  readonly skip_validation?: boolean;
  readonly indexname?: string;
  readonly generated_kind?: string;
  readonly location?: number;
}

export interface CreateStmt {
  readonly relation: RangeVar;
  readonly tableElts?: readonly Node[];
  readonly inhRelations?: readonly Node[];
  readonly partbound?: unknown;
  readonly partspec?: unknown;
  readonly if_not_exists?: boolean;
}

export interface AlterTableStmt {
  readonly relation: RangeVar;
  readonly cmds?: readonly Node[];
  readonly objtype?: string;
  readonly missing_ok?: boolean;
}

export interface AlterTableCmd {
  readonly subtype: string;
  readonly name?: string;
  readonly def?: Node;
  readonly behavior?: string;
  readonly missing_ok?: boolean;
}

export interface IndexElem {
  readonly name?: string;
  readonly expr?: Node;
  readonly opclass?: readonly Node[];
  readonly collation?: readonly Node[];
  readonly ordering?: string;
}

export interface IndexStmt {
  readonly idxname?: string;
  readonly relation: RangeVar;
  readonly accessMethod?: string;
  readonly indexParams?: readonly Node[];
  readonly indexIncludingParams?: readonly Node[];
  readonly whereClause?: Node;
  readonly unique?: boolean;
  readonly concurrent?: boolean;
  readonly if_not_exists?: boolean;
}

export interface DropStmt {
  readonly objects?: readonly Node[];
  readonly removeType?: string;
  readonly behavior?: string;
  readonly missing_ok?: boolean;
  readonly concurrent?: boolean;
}

export interface RenameStmt {
  readonly renameType?: string;
  readonly relationType?: string;
  readonly relation?: RangeVar;
  readonly object?: Node;
  readonly subname?: string;
  readonly newname?: string;
  readonly missing_ok?: boolean;
}

/** What a statement became: its tree, PostgreSQL's complaint at a place (UTF-16, from the statement's start), or a refusal to look at it. */
export type ParseResult =
  | { readonly kind: 'tree'; readonly stmt: Node }
  | { readonly kind: 'error'; readonly message: string; readonly offset: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Parses one statement. Never throws. */
export type ParseStatement = (text: string) => ParseResult;

/** The node's only tag and its value: `{ CreateStmt: {…} }`. */
export function unwrap(node: Node | undefined): { readonly tag: string; readonly value: Node } {
  if (node !== undefined) {
    for (const tag in node) return { tag, value: node[tag] as Node };
  }
  return { tag: '', value: {} };
}

/** What stands behind the tags that are looked for by name. */
interface TaggedNodes {
  readonly String: { readonly sval?: string };
  readonly List: { readonly items?: readonly Node[] };
  readonly A_Const: {
    readonly sval?: { readonly sval?: string };
    readonly ival?: { readonly ival?: number };
    readonly boolval?: { readonly boolval?: boolean };
  };
  readonly ColumnRef: { readonly fields?: readonly Node[] };
  readonly FuncCall: { readonly funcname?: readonly Node[]; readonly args?: readonly Node[] };
  readonly NullTest: { readonly arg?: Node; readonly nulltesttype?: string };
  readonly PartitionCmd: { readonly name?: RangeVar };
  readonly ResTarget: { readonly val?: Node };
  readonly TypeCast: { readonly arg?: Node };
  readonly RangeVar: RangeVar;
  readonly AlterTableCmd: AlterTableCmd;
  readonly ColumnDef: ColumnDef;
  readonly Constraint: Constraint;
  readonly IndexElem: IndexElem;
}

/** The value of `node` if its tag is `tag`. */
export function as<K extends keyof TaggedNodes>(node: Node | undefined, tag: K): TaggedNodes[K] | undefined {
  return node?.[tag] as TaggedNodes[K] | undefined;
}

/** The strings of a list of String nodes (a dotted name, a list of columns). */
export function strings(nodes: unknown): string[] {
  const found: string[] = [];
  for (const node of Array.isArray(nodes) ? (nodes as readonly Node[]) : []) {
    const sval = as(node, 'String')?.sval;
    if (sval !== undefined) found.push(sval);
  }
  return found;
}

/**
 * Translates UTF-8 byte offsets of `text` into UTF-16 offsets. Free where the text is ASCII.
 * Offsets inside a character become the offset after it; offsets past the end become the length.
 */
export function byteOffsets(text: string): (byte: number) => number {
  if (!/[\u0080-\uffff]/.test(text)) return (byte) => Math.min(byte, text.length);
  let lastByte = 0;
  let lastUnit = 0;
  return (byte) => {
    if (byte < lastByte) {
      lastByte = 0;
      lastUnit = 0;
    }
    while (lastByte < byte && lastUnit < text.length) {
      const point = text.codePointAt(lastUnit) ?? 0;
      lastByte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      lastUnit += point > 0xffff ? 2 : 1;
    }
    return lastUnit;
  };
}

/** Translates a count of code points from the start of `text` into a UTF-16 offset. */
export function codePointOffset(text: string, points: number): number {
  let unit = 0;
  for (let seen = 0; seen < points && unit < text.length; seen++)
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  return unit;
}
