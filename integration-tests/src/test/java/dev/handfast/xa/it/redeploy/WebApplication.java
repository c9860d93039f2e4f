package dev.handfast.xa.it.redeploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** An unpacked web application with the libraries that it needs. */
final class WebApplication {

  private WebApplication() {}

  /** Makes it of a class path, whose folders become jars. */
  static void make(Path directory, List<Path> classPath) throws IOException {
    Path libraries = Files.createDirectories(directory.resolve("WEB-INF").resolve("lib"));
    for (Path entry : classPath) {
      if (Files.isDirectory(entry)) {
        pack(entry, libraries.resolve("folder-" + classPath.indexOf(entry) + ".jar"));
      } else {
        Files.copy(entry, libraries.resolve(entry.getFileName()));
      }
    }
  }

  private static void pack(Path folder, Path jar) {
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                folder.toString(),
                ".");
    if (code != 0) {
      throw new IllegalStateException("jar: " + code);
    }
  }
}
