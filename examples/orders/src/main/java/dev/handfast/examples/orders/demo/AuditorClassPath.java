package dev.handfast.examples.orders.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** Keeps what is to be audited away from the auditor. */
final class AuditorClassPath {

  private static final List<String> UNWANTED =
      List.of("dev/handfast/xa/", "com/arjuna/", "io/agroal/");

  private AuditorClassPath() {}

  /** The entries that hold no class of Handfast, Narayana or Agroal. */
  static List<String> of(List<String> classPath) {
    return classPath.stream().filter(entry -> !isUnwanted(Path.of(entry))).toList();
  }

  private static boolean isUnwanted(Path entry) {
    if (Files.isDirectory(entry)) {
      return UNWANTED.stream().anyMatch(name -> Files.exists(entry.resolve(name)));
    }
    if (!Files.exists(entry)) {
      return false;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream()
          .anyMatch(file -> UNWANTED.stream().anyMatch(name -> file.getName().startsWith(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(entry + " on the class path cannot be read", e);
    }
  }
}
