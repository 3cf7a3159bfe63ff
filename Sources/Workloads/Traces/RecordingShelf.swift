package import ByteStreams
internal import Synchronization

/// Recordings that somebody uses, so that the cases of a sweep that replay the same file look at it
/// once and share its rows.
package enum RecordingShelf {
  private struct Key: Hashable {
    let source: ByteSource
    let identities: [ByteSource.Identity?]
    let options: TraceOptions
  }

  private struct Place {
    weak var recording: Recording?
  }

  private static let places = Mutex<[Key: Place]>([:])

  /// The recording of a file in the state that it is in.
  ///
  /// - Throws: as `Recording.init(reading:)` does.
  package static func recording(
    _ source: ByteSource, _ options: TraceOptions
  ) throws -> Recording {
    guard let key = key(source, options) else { return try Recording(reading: source, options) }
    // Held while a file is read: whoever wants the same one would have to read it too.
    return try places.withLock { places in
      if let known = places[key]?.recording { return known }
      let recording = try Recording(reading: source, options)
      places = places.filter { $0.value.recording != nil }
      places[key] = Place(recording: recording)
      return recording
    }
  }

  /// Nil for what can be read only once.
  private static func key(_ source: ByteSource, _ options: TraceOptions) -> Key? {
    if source.isDirectory {
      guard let files = try? FormatDetection.files(in: source) else { return nil }
      return Key(source: source, identities: files.map(\.identity), options: options)
    }
    guard source.isRepeatable else { return nil }
    return Key(source: source, identities: [source.identity], options: options)
  }
}
