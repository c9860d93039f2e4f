package dev.handfast.xa.config;

/**
 * The mandatory name of this transaction manager node.
 *
 * @param value 1 to 20 ASCII letters, digits, {@code .}, {@code _}, {@code -}
 */
public record NodeName(String value) {

  public NodeName {
    if (!value.matches("[A-Za-z0-9._-]{1,20}")) {
      throw new ConfigurationException("handfast.node-name = '" + value + "' is not a node name");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
