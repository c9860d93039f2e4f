package dev.handfast.xa.jdbc.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a program does wrong, or that is taken for wrong and is not.
 *
 * @param orders the ids of the rows that are there afterwards in the database it was done to
 * @param stock those in the other database of the same transactions
 */
public record Mistake(
    String name,
    String code,
    Set<Place> places,
    Made made,
    String happens,
    List<Integer> orders,
    List<Integer> stock,
    String instead) {

  /** Makes the mistake, and answers what the program is told, null if nothing. */
  public interface Made {
    @Nullable Throwable by(Shop shop) throws Exception;
  }

  /** One that comes out alike on all databases, whatever their words. */
  static Sketch of(String name, String code, Made made) {
    return new Sketch(name, code, Set.of(Place.values()), made);
  }

  static Sketch on(Place place, String name, String code, Made made) {
    return new Sketch(name, code, Set.of(place), made);
  }

  @Override
  public String toString() {
    return name + (places.size() == 1 ? " on " + places.iterator().next().shown() : "");
  }

  /** A mistake of which it is yet to be said what becomes of it. */
  record Sketch(String name, String code, Set<Place> places, Made made) {

    Outcome leaves(Integer... ids) {
      return leaves(List.of(ids), List.of(ids));
    }

    Outcome leaves(List<Integer> orders, List<Integer> stock) {
      return (happens, instead) ->
          new Mistake(name, code, places, made, happens, orders, stock, instead);
    }
  }

  /** Says in words what happens and what to do instead. */
  interface Outcome {
    Mistake so(String happens, String instead);
  }

  public static List<Mistake> all() {
    List<Mistake> all = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      all.addAll(topic.mistakes());
    }
    return all;
  }
}
