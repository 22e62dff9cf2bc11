declare module 'libpg-query/wasm/libpg-query.js' {
  /** The parts of the Emscripten module that are used. Pointers are byte addresses in its memory. */
  export interface PgQueryInstance {
    _malloc(size: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(query: number): number;
    _wasm_free_parse_result(result: number): void;
    getValue(pointer: number, type: 'i32'): number;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, size: number): void;
    UTF8ToString(pointer: number): string;
  }
  /** Makes an instance with a memory of its own. */
  const createInstance: (overrides?: {
    print?: (line: string) => void;
    printErr?: (line: string) => void;
  }) => Promise<PgQueryInstance>;
  export default createInstance;
}
