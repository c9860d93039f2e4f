package dev.handfast.xa.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A library that is loaded ahead of the C library of a process, built from a source beside a class.
 * Needs Linux and a C compiler.
 */
public final class PreloadedLibrary {

  private final Path file;

  private PreloadedLibrary(Path file) {
    this.file = file;
  }

  /** Builds it in a directory. */
  public static PreloadedLibrary build(Class<?> beside, String source, Path directory)
      throws IOException, InterruptedException {
    Path copy = directory.resolve(source);
    try (InputStream in = beside.getResourceAsStream(source)) {
      Files.copy(in, copy);
    }
    Path library = directory.resolve(source.replace(".c", ".so"));
    Process compiler =
        new ProcessBuilder("cc", "-O2", "-shared", "-fPIC", "-o", "" + library, "" + copy, "-ldl")
            .redirectErrorStream(true)
            .start();
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new AssertionError("cc refused " + copy + ": " + output);
    }
    return new PreloadedLibrary(library);
  }

  /** The words before a command that load it there, with settings {@code NAME=VALUE}. */
  public List<String> launcher(String... settings) {
    List<String> words = new ArrayList<>(List.of("env", "LD_PRELOAD=" + file));
    words.addAll(Arrays.asList(settings));
    return words;
  }
}
