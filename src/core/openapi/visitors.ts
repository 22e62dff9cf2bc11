import type { Problem } from '../rule.ts';
import type { Span } from '../text.ts';
import type { OpenApiEditor } from './edit.ts';
import type { MapNode, Node } from './tree.ts';

/** Versions that are judged. 2.0 and 3.2 are recognised and named. */
export type OpenApiVersion = '3.0' | '3.1';

/** The objects of the OpenAPI specification that rules can visit, by the specification's names. */
export type NodeType =
  | 'info'
  | 'server'
  | 'tag'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'response'
  | 'header'
  | 'example'
  | 'link'
  | 'callback'
  | 'schema'
  | 'securityScheme'
  | 'securityRequirement'
  | 'reference';

/** One object of the specification where it stands in the document. */
export interface View {
  readonly type: NodeType;
  /** For a `reference`: the type of object that is expected at its place. */
  readonly expects?: NodeType;
  readonly node: MapNode;
  /** The key it stands under (`get`, `200`, `application/json`, `User`), or its number in a list. */
  readonly name: string;
  /** That key's span; of a list item the item's first line. */
  readonly key: Span;
  /** JSON pointer from the document's root. */
  readonly pointer: string;
  readonly parent: View | undefined;
}

export interface Direction {
  readonly request: boolean;
  readonly response: boolean;
}

export interface Target {
  readonly node: Node;
  /** JSON pointer in its own document. */
  readonly pointer: string;
  /** Set where it lies in another file. */
  readonly file?: string;
}

/** `unknown`: a remote or anchored reference that is not followed, so nothing may be said of it. */
export type Resolution =
  | { readonly kind: 'found'; readonly target: Target }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'unknown' };

/** What a visitor may ask beyond its own piece. Every answer is remembered with the result, which is judged again when the answer changes. */
export interface LocalContext {
  readonly version: OpenApiVersion;
  readonly format: 'yaml' | 'json';
  /** A root entry's value: `security`, `servers`, `tags` … */
  readonly root: (name: string) => Node | undefined;
  readonly resolve: (ref: string) => Resolution;
  /** The object itself, or what its `$ref` leads to; undefined where that is not known. */
  readonly follow: (node: Node | undefined) => MapNode | undefined;
  /** Whether clients send or receive what stands here; for a component, over all its uses. */
  readonly direction: (view: View) => Direction;
  /** Names of the entries of a component section: `schemas`, `responses` … */
  readonly components: (section: string) => readonly string[];
}

export type OpenApiProblem = Problem<OpenApiEditor>;

type Visit<Yield> = (view: View, context: LocalContext) => Iterable<Yield>;

export type OpenApiVisitors = { readonly [Type in NodeType]?: Visit<OpenApiProblem> } & {
  /** Every map of the piece, examples and extensions among them. */
  readonly map?: (node: MapNode, pointer: string) => Iterable<OpenApiProblem>;
};

/** What a rule collected in one piece. `piece` is the piece's pointer; spans in `value` count from its start. */
export interface Collected {
  readonly piece: string;
  readonly value: CollectedValue;
}

export interface CollectedValue {
  readonly at: Span;
  readonly name: string;
  readonly pointer: string;
  readonly detail?: string;
}

/** A `$ref` where it stands: `name` is what it says. */
export interface PlacedReference extends CollectedValue {
  readonly piece: string;
  readonly expects: NodeType;
}

export interface DocumentContext {
  readonly version: OpenApiVersion;
  readonly operationCount: number;
  /** What keeps pieces from being read. */
  readonly syntax: readonly DocumentProblem[];
  /** Keys that stand twice in a map that is cut into pieces; repeats inside a piece are seen by the `map` visitor. */
  readonly repeated: readonly (CollectedValue & { readonly piece: string })[];
  /** Every `$ref` of the document. */
  readonly references: readonly PlacedReference[];
  readonly root: (name: string) => Node | undefined;
  /** The root key itself, to point at. Undefined where the document has no such key. */
  readonly rootKey: (name: string) => { readonly piece: string; readonly at: Span } | undefined;
  readonly resolve: (ref: string) => Resolution;
  readonly components: (section: string) => readonly string[];
  /** Whether clients send or receive the component at `pointer`, over all its uses. */
  readonly direction: (pointer: string) => Direction;
  /** Pointers of all components and path items that something refers to. */
  readonly isUsed: (pointer: string) => boolean;
}

export interface DocumentProblem extends OpenApiProblem {
  /** The piece that `at` counts from: that of a collected value, or of `rootKey`. */
  readonly piece: string;
}

export interface OpenApiRuleParts {
  readonly dialect: 'openapi';
  /** All judged versions where nothing is said. */
  readonly versions?: readonly OpenApiVersion[];
  /** Judges one object with what stands around it. */
  readonly visit?: OpenApiVisitors;
  /** Gathers, piece by piece, what `document` needs: it is cached, so `document` must be cheap. */
  readonly collect?: { readonly [Type in NodeType]?: Visit<CollectedValue> };
  /** Judges the document as a whole from what was collected. */
  readonly document?: (collected: readonly Collected[], context: DocumentContext) => Iterable<DocumentProblem>;
}
