package dev.handfast.xa.internal.settings;

import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.Refusal;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Reads a properties file in UTF-8 and knows the line of each key. */
final class PropertiesFile {

  /** A backslash that begins none of the escapes; {@link Properties} would drop it silently. */
  private static final Pattern STRAY_BACKSLASH =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?![\\\\tnrfu:=#! \n])");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path path;
  private final Problems problems;
  private final Map<String, ConfigValue> values = new LinkedHashMap<>();

  private PropertiesFile(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /**
   * The file's values in their order. Malformed lines and keys given twice are added to the
   * problems.
   *
   * @throws ConfigurationException if the file cannot be read
   */
  static Map<String, ConfigValue> read(Path path, Problems problems) {
    var file = new PropertiesFile(path, problems);
    LogicalLines.of(file.text()).forEach(file::add);
    return file.values;
  }

  private String text() {
    try {
      if (!Files.exists(path)) {
        throw refused("does not exist", "create it or give the path of another");
      }
      if (Files.isDirectory(path)) {
        throw refused("is a directory", "give the path of a file in it");
      }
      String text = Files.readString(path);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (AccessDeniedException e) {
      throw refused("cannot be read", "let the user of this process read it", e);
    } catch (CharacterCodingException e) {
      throw refused("is not UTF-8 text", "save it as UTF-8", e);
    } catch (IOException e) {
      throw refused("cannot be read (" + e + ")", Refusal.mend(e, "make it readable"), e);
    }
  }

  private void add(LogicalLines.Line line) {
    var one = new Properties();
    try {
      one.load(new StringReader(line.text()));
    } catch (IOException | IllegalArgumentException e) {
      addProblem(
          line, "is malformed", "write \\u and four hexadecimal digits, and \\\\ for a backslash");
      return;
    }
    if (STRAY_BACKSLASH.matcher(line.text()).find()) {
      addProblem(line, "has a backslash that begins no escape", "write \\\\ for a backslash");
    }
    for (String key : one.stringPropertyNames()) {
      var value = new ConfigValue(key, one.getProperty(key, ""), place(line.number()));
      ConfigValue earlier = values.putIfAbsent(key, value);
      if (earlier != null) {
        problems.add(
            Refusal.printable(key)
                + " is given twice, in "
                + earlier.origin()
                + " and in line "
                + line.number()
                + ". To solve this, remove one of the two.");
      }
    }
  }

  private void addProblem(LogicalLines.Line line, String rule, String mend) {
    problems.add(place(line.number()) + " " + rule + ". To solve this, " + mend + ".");
  }

  private String place(int line) {
    return path + ", line " + line;
  }

  private ConfigurationException refused(String rule, String mend) {
    return new ConfigurationException(message(rule, mend));
  }

  private ConfigurationException refused(String rule, String mend, IOException cause) {
    return new ConfigurationException(message(rule, mend), cause);
  }

  private String message(String rule, String mend) {
    return "The configuration file "
        + path.toAbsolutePath()
        + " "
        + rule
        + ". To solve this, "
        + mend
        + ".";
  }
}
