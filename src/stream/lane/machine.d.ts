/** The lane's machine code, base64. The build makes `machine.js` of `assembly` (`build/lane.js`). */
export const MACHINE: string;

declare global {
  /** The part of WebAssembly that the lane uses: the types of Node do not have it. */
  namespace WebAssembly {
    class Module {
      private readonly brand: undefined;
    }
    class Instance {
      constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
      readonly exports: unknown;
    }
    function validate(bytes: Uint8Array): boolean;
    function compile(bytes: Uint8Array): Promise<Module>;
  }
}
