package dev.handfast.xa.it.crash;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One message of every kind that JMS has, the same each time they are made, and what they hold. */
final class MessageKinds {

  static final int OVER_100_KIB = 100 * 1024 + 1;
  static final int TEN_MIB = 10 * 1024 * 1024;

  private MessageKinds() {}

  static List<Message> make(Session session) throws JMSException {
    return List.of(
        withProperties(session.createMessage()),
        session.createMessage(),
        session.createTextMessage("grüße, 世界 \u0000 \ud83d\ude00"),
        session.createTextMessage(""),
        session.createTextMessage(),
        session.createTextMessage("ä".repeat(OVER_100_KIB)),
        withProperties(everyType(session.createBytesMessage())),
        session.createBytesMessage(),
        bytes(session, OVER_100_KIB),
        withProperties(bytes(session, TEN_MIB)),
        withProperties(everyType(session.createMapMessage())),
        session.createMapMessage(),
        withProperties(everyType(session.createStreamMessage())),
        session.createStreamMessage());
  }

  private static <M extends Message> M withProperties(M message) throws JMSException {
    message.setBooleanProperty("aBoolean", true);
    message.setByteProperty("aByte", Byte.MIN_VALUE);
    message.setShortProperty("aShort", Short.MAX_VALUE);
    message.setIntProperty("anInt", Integer.MIN_VALUE);
    message.setLongProperty("aLong", Long.MAX_VALUE);
    message.setFloatProperty("aFloat", Float.MIN_VALUE);
    message.setDoubleProperty("aDouble", -Double.MAX_VALUE);
    message.setStringProperty("aString", "größer");
    message.setJMSCorrelationID("correlated");
    message.setJMSType("kind");
    return message;
  }

  private static BytesMessage bytes(Session session, int length) throws JMSException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(bytes);
    return message;
  }

  private static BytesMessage everyType(BytesMessage message) throws JMSException {
    message.writeBoolean(true);
    message.writeByte((byte) 1);
    message.writeChar('ß');
    message.writeShort((short) 2);
    message.writeInt(3);
    message.writeLong(4);
    message.writeFloat(5.5f);
    message.writeDouble(6.25);
    message.writeUTF("sieben");
    return message;
  }

  private static MapMessage everyType(MapMessage message) throws JMSException {
    message.setBoolean("boolean", false);
    message.setByte("byte", (byte) 1);
    message.setChar("char", 'ß');
    message.setShort("short", (short) 2);
    message.setInt("int", 3);
    message.setLong("long", 4);
    message.setFloat("float", 5.5f);
    message.setDouble("double", 6.25);
    message.setString("string", "sieben");
    message.setBytes("bytes", new byte[] {8, 9});
    message.setString("null", null);
    return message;
  }

  private static StreamMessage everyType(StreamMessage message) throws JMSException {
    message.writeBoolean(true);
    message.writeByte((byte) 1);
    message.writeChar('ß');
    message.writeShort((short) 2);
    message.writeInt(3);
    message.writeLong(4);
    message.writeFloat(5.5f);
    message.writeDouble(6.25);
    message.writeString("sieben");
    message.writeBytes(new byte[] {8, 9});
    return message;
  }

  /** Kind, body and properties with their types, and the headers that a sender sets. */
  static List<Object> contents(Message message) throws JMSException {
    Map<String, List<Object>> properties = new TreeMap<>();
    for (String name : names(message.getPropertyNames())) {
      if (!name.startsWith("JMSX") && !name.startsWith("_AMQ_")) {
        properties.put(name, typed(message.getObjectProperty(name)));
      }
    }
    return Arrays.asList(
        properties, message.getJMSCorrelationID(), message.getJMSType(), body(message));
  }

  private static List<String> names(Enumeration<?> names) {
    List<String> all = new ArrayList<>();
    names.asIterator().forEachRemaining(name -> all.add((String) name));
    return all;
  }

  private static Object body(Message message) throws JMSException {
    if (message instanceof TextMessage text) {
      String all = text.getText();
      return all == null || all.length() < OVER_100_KIB
          ? Arrays.asList("text", all)
          : List.of("text", all.length(), hash(all.getBytes(StandardCharsets.UTF_8)));
    }
    if (message instanceof BytesMessage bytes) {
      byte[] all = new byte[(int) bytes.getBodyLength()];
      bytes.readBytes(all);
      return List.of("bytes", all.length, hash(all));
    }
    if (message instanceof MapMessage map) {
      Map<String, List<Object>> entries = new TreeMap<>();
      for (String name : names(map.getMapNames())) {
        entries.put(name, typed(map.getObject(name)));
      }
      return List.of("map", entries);
    }
    return message instanceof StreamMessage stream ? List.of("stream", read(stream)) : "plain";
  }

  private static List<List<Object>> read(StreamMessage stream) throws JMSException {
    List<List<Object>> values = new ArrayList<>();
    try {
      while (true) {
        values.add(typed(stream.readObject()));
      }
    } catch (MessageEOFException e) {
      return values;
    }
  }

  private static List<Object> typed(Object value) {
    if (value instanceof byte[] bytes) {
      return List.of("byte[]", Arrays.toString(bytes));
    }
    return value == null ? List.of() : List.of(value.getClass().getSimpleName(), value);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
