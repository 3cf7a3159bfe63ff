import Diagnostics
import Scenarios
import Testing

/// What the tag of a container's image says of the engine in it.
struct EngineImageTests {
  @Test(arguments: [
    ("vllm/vllm-openai:v0.8.5 --model m", "vllm@0.8"),
    ("localhost:5000/vllm-openai:v0.11.2 --model m", "vllm@0.9"),
    ("vllm/vllm-openai:v0.33.0 vllm serve m", "vllm"),
    ("lmsysorg/sglang:v0.4.6.post1-cu124 python3 -m sglang.launch_server --model m", "sglang@0.4"),
    ("nvcr.io/nvidia/tensorrt-llm/release:1.0.0 trtllm-serve m", "tensorrt-llm@1.0"),
  ])
  func aReleaseIsItsGeneration(_ rest: String, _ profile: String) throws {
    let image = String(rest.prefix { $0 != " " })
    let command = try EngineCommand("docker run --gpus all -v ~/.cache/vllm:/vllm:ro \(rest)")
    #expect(command.profile == profile)
    #expect(command.model == "m")
    #expect(
      command.lines == ["taken from the command line: engine \(profile) (\(image)), model m"])
    #expect(command.overrides.first?.place == "--from \(image)")
  }

  @Test(arguments: [
    ("vllm/vllm-openai:v0.6.3", "nothing is known of releases before 0.8"),
    ("nvcr.io/nvidia/vllm-openai:25.09-py3", "no release of the engine is read from its tag"),
    ("rocm/vllm-openai:rocm7_vllm_0.11", "no release of the engine is read from its tag"),
  ])
  func anotherTagIsNamed(_ image: String, _ why: String) throws {
    #expect(
      try EngineCommand("docker run \(image) --model m").lines == [
        "taken from the command line: engine vllm, model m",
        "not simulated: \(image): \(why): its newest releases are taken",
      ])
  }

  @Test(arguments: ["vllm-openai", "vllm-openai:latest", "vllm-openai@sha256:12ab"])
  func whatSaysNoReleaseSaysNothing(_ image: String) throws {
    #expect(
      try EngineCommand("docker run vllm/\(image) --model m").lines == [
        "taken from the command line: engine vllm, model m"
      ])
  }
}
