namespace JobTracker.Silo; public static class Placeholder { public static void Main() { } }
