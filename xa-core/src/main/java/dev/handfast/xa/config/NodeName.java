package dev.handfast.xa.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * The mandatory name of this transaction manager node. It is part of every Xid and decides whose
 * branches recovery may touch.
 *
 * @param value 1 to 20 ASCII letters, digits, {@code .}, {@code _}, {@code -}; not {@code 1}
 */
public record NodeName(String value) {

  /** The longest name; an Xid has no room for more beside the store's id. */
  public static final int MAX_LENGTH = 20;

  private static final String KEY = RuntimeKeys.NODE_NAME.name();
  private static final String RULE =
      "a node name is 1 to " + MAX_LENGTH + " ASCII letters, digits, '.', '_' and '-'";
  private static final String LASTING =
      "that no other node has and that stays the same at every restart";
  private static final int HASH_LENGTH = 6;
  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";

  /**
   * @throws ConfigurationException if it is not a node name; a name that is too long is answered
   *     with a shortened proposal, always the same for the same name
   */
  public NodeName {
    if (Objects.requireNonNullElse(value, "").isEmpty()) {
      throw Refusal.missing(
          KEY,
          RULE
              + ", and there is no default, because nodes that share a name finish each other's"
              + " branches",
          "set it to a name " + LASTING + ", for example 'shop-1'");
    }
    requireAllowedCharacters(value);
    if (value.equals("1")) {
      throw Refusal.wrong(
          KEY,
          value,
          "'1' is what nodes are called that nobody named, so others may have it, and nodes that"
              + " share a name finish each other's branches",
          "give this node a name " + LASTING + ", for example 'shop-1'");
    }
    if (value.length() > MAX_LENGTH) {
      throw Refusal.wrong(
          KEY,
          value,
          RULE + ", this has " + value.length(),
          "use a shorter name " + LASTING + ", for example '" + shortened(value) + "'");
    }
  }

  private static void requireAllowedCharacters(String value) {
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      int c = value.codePointAt(i);
      if (!isAllowed(c)) {
        throw Refusal.wrong(
            KEY,
            value,
            RULE + ", not " + named(c) + " at position " + (value.codePointCount(0, i) + 1),
            "leave that character out");
      }
    }
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  private static String named(int c) {
    String code = "U+" + Refusal.hex(c);
    return Refusal.isInvisible(c) || Character.isWhitespace(c)
        ? code
        : "'" + Character.toString(c) + "' (" + code + ")";
  }

  /** The head of the name and a digest of all of it, so that names with equal heads stay apart. */
  private static String shortened(String name) {
    return name.substring(0, MAX_LENGTH - HASH_LENGTH - 1) + "-" + digest(name);
  }

  private static String digest(String name) {
    byte[] hash = sha256().digest(name.getBytes(StandardCharsets.US_ASCII));
    var text = new StringBuilder();
    for (int i = 0; i < HASH_LENGTH; i++) {
      text.append(BASE_32.charAt(hash[i] & 31));
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
