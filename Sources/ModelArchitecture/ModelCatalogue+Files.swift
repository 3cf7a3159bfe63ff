internal import Diagnostics
internal import FoundationEssentials

// Models in files: a config, the folder of a checkpoint, the cache of the Hugging Face hub.
extension ModelCatalogue {
  static let configName = "config.json"

  /// The config that a path or a hub name stands for, when it is there.
  static func configPath(of name: String) -> String? {
    if TextFile.isFolder(name) {
      let config = name.hasSuffix("/") ? name + configName : "\(name)/\(configName)"
      return isFile(config) ? config : nil
    }
    if name.contains("/") || name.hasSuffix(".json"), isFile(name) { return name }
    return nil
  }

  /// A snapshot that `hf download` left on this machine.
  static func cachedConfig(of name: String) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
      return nil
    }
    let folder = "\(hubCache)/models--\(parts[0])--\(parts[1])"
    guard let revision = try? TextFile.read(folder + "/refs/main") else { return nil }
    let word = revision.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    let config = "\(folder)/snapshots/\(word)/\(configName)"
    return isFile(config) ? config : nil
  }

  /// Where the hub's own tools keep what they fetched.
  private static var hubCache: String {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["HF_HUB_CACHE"] { return cache }
    if let home = environment["HF_HOME"] { return home + "/hub" }
    return (environment["HOME"] ?? "") + "/.cache/huggingface/hub"
  }

  static func isFile(_ path: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory
  }

  static func read(path: String, name: String? = nil) throws -> Architecture {
    let text = try TextFile.read(path)
    return try HuggingFaceConfig.read(
      text, file: path, name: name ?? Self.name(of: path),
      beside: try quantizationFile(beside: path))
  }

  /// `hf_quant_config.json` in the folder of a `config.json`, `NAME.hf_quant_config.json` beside
  /// `NAME.json`.
  private static func quantizationFile(
    beside path: String
  ) throws -> HuggingFaceConfig.QuantizationFile? {
    guard path.hasSuffix(".json") else { return nil }
    let stem = path.dropLast(".json".count)
    let beside =
      stem == "config" || stem.hasSuffix("/config")
      ? stem.dropLast("config".count) + "hf_quant_config.json" : stem + ".hf_quant_config.json"
    guard isFile(String(beside)) else { return nil }
    return .init(text: try TextFile.read(String(beside)), path: String(beside))
  }

  /// A file called `config.json` goes by the folder it lies in, any other by its own name.
  static func name(of path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    let file = parts.last.map(String.init) ?? path
    guard file.hasSuffix(".json") else { return file }
    let isNamedByFolder = file == configName && parts.count > 1
    return isNamedByFolder ? String(parts[parts.count - 2]) : String(file.dropLast(5))
  }
}
