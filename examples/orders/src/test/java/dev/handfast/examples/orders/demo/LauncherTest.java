package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of the tree, as far as it goes without building. */
final class LauncherTest {

  private static final Path LAUNCHER = Path.of("../../handfast").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @Test
  void withoutACommandItShowsItsUsage() throws Exception {
    Result result = run(List.of(), null);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("Usage: handfast demo [OPTIONS]");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsNamed() throws Exception {
    Result result = run(List.of("status"), null);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("handfast: 'status' is not a command.").contains("Usage:");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void helpIsAnAnswer() throws Exception {
    Result result = run(List.of("--help"), null);

    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("Usage: handfast demo [OPTIONS]");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    Result result = run(List.of("demo"), directory);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("JAVA_HOME is " + directory, "17 or newer");
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Result result = run(List.of("demo"), directory);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(java + " is Java 8", "17 or newer");
  }

  private Result run(List<String> arguments, Path javaHome) throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder("bash", LAUNCHER.toString())
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.command().addAll(arguments);
    if (javaHome != null) {
      builder.environment().put("JAVA_HOME", javaHome.toString());
    }
    int code = builder.start().waitFor();
    return new Result(code, read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private record Result(int code, String out, String err) {}
}
