package dev.handfast.xa.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A secret in a file that may be replaced while the program runs. */
final class SecretFile {

  private static final int MAX_BYTES = 64 * 1024;

  private final ConfigValue value;
  private final Path path;

  private SecretFile(ConfigValue value, Path path) {
    this.value = value;
    this.path = path;
  }

  /** The secret, read once to see that it can be, and anew each time it is revealed. */
  static Secret open(ConfigValue value) {
    try {
      var file = new SecretFile(value, Path.of(value.plain()));
      file.read();
      return Secret.from(file::read);
    } catch (InvalidPathException e) {
      throw value.noPath("name the file that holds the secret");
    }
  }

  private String read() {
    if (!Files.exists(path)) {
      throw refused("there is no such file", "create it or name the file that holds the secret");
    }
    if (!Files.isRegularFile(path)) {
      throw refused("is not a regular file, which can be read anew", "name a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return text(in.readNBytes(MAX_BYTES + 1));
    } catch (CharacterCodingException e) {
      throw refused("is not UTF-8 text", "write the secret into it as UTF-8");
    } catch (IOException e) {
      String reason = e instanceof FileSystemException told ? told.getReason() : null;
      throw refused(
          "cannot be read (" + (reason == null ? e.getClass().getSimpleName() : reason) + ")",
          Refusal.mend(e, "let the user of this process read it"));
    }
  }

  private String text(byte[] bytes) throws CharacterCodingException {
    if (bytes.length > MAX_BYTES) {
      throw refused("holds more than 64 KiB, which is no secret", "name another file");
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    String secret = text.replaceFirst("\\r?\\n\\z", "");
    if (secret.isEmpty()) {
      throw refused("is an empty file", "write the secret into it");
    }
    return secret;
  }

  private ConfigurationException refused(String rule, String mend) {
    Path absolute = path.toAbsolutePath();
    return value.wrong(path.isAbsolute() ? rule : rule + " (" + absolute + ")", mend);
  }
}
